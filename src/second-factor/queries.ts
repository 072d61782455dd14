import type { Actor, Pending } from '../access/actor.ts'
import { db, type Tx } from '../db.ts'
import { Refused } from '../lib/refused.ts'
import { factorRequired, strictnessAt } from '../session/strictness.ts'
import { unseal } from './cipher.ts'

/** How it stands with a person's second factor. */
export type Factor = { confirmedAt: Date | null; required: boolean; codesLeft: number; settingUp: boolean }

export async function factorOf(staffId: bigint, now: Date): Promise<Factor> {
  const [staff, strictness] = await Promise.all([
    db.staff.findUniqueOrThrow({
      where: { id: staffId },
      select: {
        totpConfirmedAt: true,
        totpNext: true,
        grants: { select: { role: true } },
        _count: { select: { recoveryCodes: { where: { usedAt: null } } } },
      },
    }),
    strictnessAt(now),
  ])
  const roles = staff.grants.map(({ role }) => role)
  return {
    confirmedAt: staff.totpConfirmedAt,
    required: factorRequired(strictness, roles),
    codesLeft: staff._count.recoveryCodes,
    settingUp: staff.totpNext !== null,
  }
}

/** The secret that waits for its first code, in the clear: for the one page that shows it. */
export async function nextSecret(staffId: bigint): Promise<string | null> {
  const { totpNext } = await db.staff.findUniqueOrThrow({ where: { id: staffId }, select: { totpNext: true } })
  return totpNext === null ? null : unseal(totpNext, staffId)
}

const keys = {
  id: true,
  number: true,
  name: true,
  totpSecret: true,
  totpNext: true,
  totpStep: true,
  totpConfirmedAt: true,
} as const

/** Holds the row until the transaction ends: what is compared is what is used up. */
export async function lockKeys(tx: Tx, staffId: bigint) {
  await tx.$queryRaw`select 1 from staff where id = ${staffId} for update`
  return tx.staff.findUniqueOrThrow({ where: { id: staffId }, select: keys })
}

/** The person whose first factor this session has proven; refuses when that holds no more. */
export async function pendingPerson({ pending, ...actor }: Actor): Promise<Actor & { epoch: number }> {
  const staff = pending && (await stillPending(pending))
  if (!staff) throw new Refused([{ rule: 'ACC-01', reason: 'second-factor:refused.over' }])
  return { ...actor, ...staff }
}

export async function stillPending({ id, epoch }: Pending) {
  const select = { id: true, number: true, name: true, epoch: true } as const
  const [staff, company] = await Promise.all([
    db.staff.findFirst({ where: { id, epoch, state: 'active' }, select }),
    db.company.findFirst({ select: { name: true } }),
  ])
  return staff && { ...staff, companyName: company?.name ?? null }
}
