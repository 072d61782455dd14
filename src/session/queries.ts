import { db, type Tx } from '../db.ts'
import { sessionKey } from '../web/session-acts.ts'
import { sessionEnds } from '../web/session.ts'

const columns = {
  id: true,
  number: true,
  name: true,
  pinyin: true,
  phone: true,
  email: true,
  passwordHash: true,
  passwordExpiresAt: true,
  passwordSetAt: true,
  createdAt: true,
  mustChangePassword: true,
  state: true,
  epoch: true,
} as const

/** The person a staff number or a mobile number belongs to; a number that two people share is nobody's. */
export async function staffByAccount(account: string) {
  const found = await db.staff.findMany({
    where: { OR: [{ number: account.toUpperCase() }, { phone: phoneOf(account) }] },
    select: columns,
    take: 3,
  })
  const byNumber = found.find(({ number }) => number === account.toUpperCase())
  return byNumber ?? (found.length === 1 ? found[0]! : null)
}

/** How an account is written does not matter: full width, spaces, the country code. */
export function accountOf(typed: string): string {
  return typed.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
}

function phoneOf(account: string): string {
  return account.replace(/[-()]/g, '').replace(/^(?:\+|00)86/, '')
}

export function ownStaff(id: bigint) {
  return db.staff.findUniqueOrThrow({ where: { id }, select: columns })
}

/** How old the password is, and whether it must be replaced anyway. */
export async function passwordOf(id: bigint) {
  const { passwordSetAt, createdAt, passwordExpiresAt, mustChangePassword } = await ownStaff(id)
  return { setAt: passwordSetAt ?? createdAt, issued: passwordExpiresAt !== null, mustChangePassword }
}

/** Holds the row until the transaction ends. */
export async function lockOwnStaff(tx: Tx, id: bigint) {
  await tx.$queryRaw`select 1 from staff where id = ${id} for update`
  return tx.staff.findUniqueOrThrow({ where: { id }, select: columns })
}

export async function companyName(): Promise<string | null> {
  return (await db.company.findFirst({ select: { name: true } }))?.name ?? null
}

type Row = {
  sid: string
  startedAt: number
  seenAt: number
  agent: string | null
  ip: string | null
  how: string | null
}
export type OwnSession = Omit<Row, 'sid'> & { key: string; until: Date }

/** Where a person is signed in, newest first; a session's secret itself stays here. */
export async function ownSessions(staffId: bigint, now: Date): Promise<(OwnSession & { sid: string })[]> {
  const rows = await db.$queryRaw<Row[]>`
    select sid, (sess ->> 'startedAt')::float8 as "startedAt", sess ->> 'agent' as agent, sess ->> 'ip' as ip,
      coalesce(sess ->> 'seenAt', sess ->> 'startedAt')::float8 as "seenAt",
      sess ->> 'how' as how
    from user_sessions s join staff on staff.id = ${staffId}
    where sess ->> 'staffId' = ${String(staffId)} and sess ->> 'pending' is null and (sess ->> 'epoch')::int = staff.epoch
    order by 2 desc`
  const all = await Promise.all(
    rows.map(async (row) => ({ ...row, key: sessionKey(row.sid), until: await sessionEnds(row, now) })),
  )
  return all.filter(({ until }) => until >= now)
}
