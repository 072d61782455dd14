import { config } from '../config.ts'
import { db, type Tx } from '../db.ts'
import type { Identity } from './crossing.ts'

/** The company's own sign-in service, when one is set up: what people call it. */
export function service(): { name: string } | null {
  return config.sso ? { name: config.sso.name } : null
}

const columns = { id: true, number: true, name: true, epoch: true, state: true } as const

/** Whom an account of the provider was linked to. */
export async function linkedStaff({ issuer, subject }: Identity) {
  const found = await db.staffIdentity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { staff: { select: columns } },
  })
  return found?.staff ?? null
}

/** The one person at work with this address; of an address that two people have nobody. */
export async function holderOf(asker: Pick<Tx, '$queryRaw'>, email: string): Promise<bigint | null> {
  const found = await asker.$queryRaw<{ id: bigint }[]>`
    select id from staff where lower(email) = lower(${email}) and state = 'active' limit 2`
  return found.length === 1 ? found[0]!.id : null
}

export function entrant(id: bigint) {
  return db.staff.findUniqueOrThrow({ where: { id }, select: columns })
}

export function identityOf(staffId: bigint) {
  const { issuer } = config.sso ?? {}
  if (issuer === undefined) return null
  return db.staffIdentity.findFirst({ where: { staffId }, orderBy: { linkedAt: 'desc' }, select: { linkedAt: true } })
}
