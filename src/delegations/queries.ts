import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { isKind, type ApprovalKind } from '../approvals/kinds.ts'
import { db, type Db, type Tx } from '../db.ts'
import { NotFound } from '../lib/refused.ts'

export type ActingFor = { fromId: bigint; fromName: string; kinds: ReadonlySet<string> }

/** APR-04: for whom this person decides now, and which kinds; only between people who are at work. */
export async function actingFor(staffId: bigint, now: Date, from: Db | Tx = db): Promise<ActingFor[]> {
  const rows = await (from as Db).delegation.findMany({
    where: { toId: staffId, ...atWork, startsAt: { lte: now }, endsAt: { gt: now }, endedAt: null },
    orderBy: { id: 'asc' },
    select: { fromId: true, from: { select: { name: true } }, kinds: { select: { kind: true } } },
  })
  const found = new Map<bigint, { fromId: bigint; fromName: string; kinds: Set<string> }>()
  for (const { fromId, from, kinds } of rows) {
    const one = found.get(fromId) ?? { fromId, fromName: from.name, kinds: new Set() }
    for (const { kind } of kinds) one.kinds.add(kind)
    found.set(fromId, one)
  }
  return [...found.values()]
}

const atWork = { to: { state: 'active' }, from: { state: 'active' } } satisfies Prisma.DelegationWhereInput
const person = { select: { id: true, number: true, name: true, state: true } } as const
const columns = {
  id: true,
  fromId: true,
  from: person,
  toId: true,
  to: person,
  startsAt: true,
  endsAt: true,
  endedAt: true,
  reason: true,
  version: true,
  kinds: { select: { kind: true }, orderBy: { kind: 'asc' } },
} satisfies Prisma.DelegationSelect
type Row = Prisma.DelegationGetPayload<{ select: typeof columns }>
export type Delegation = Omit<Row, 'kinds'> & { kinds: ApprovalKind[] }

const asDelegation = ({ kinds, ...row }: Row): Delegation => ({
  ...row,
  kinds: kinds.flatMap(({ kind }) => (isKind(kind) ? kind : [])),
})

const mostPast = 50

/** All of a person's, by whom and to whom: what is over, as far as it fits a page. */
export async function delegationsOf(staffId: bigint, now: Date): Promise<{ open: Delegation[]; past: Delegation[] }> {
  const theirs = { OR: [{ fromId: staffId }, { toId: staffId }] }
  const stands = { endedAt: null, endsAt: { gt: now } }
  const [open, past] = await Promise.all([
    db.delegation.findMany({
      where: { AND: [theirs, stands] },
      select: columns,
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    }),
    db.delegation.findMany({
      where: { AND: [theirs, { NOT: stands }] },
      select: columns,
      orderBy: { id: 'desc' },
      take: mostPast,
    }),
  ])
  return { open: open.map(asDelegation), past: past.map(asDelegation) }
}

/** Those that are not over yet, for the pages about a person. */
export async function openDelegations(staffId: bigint, now: Date, from: Db | Tx = db): Promise<Delegation[]> {
  const rows = await (from as Db).delegation.findMany({
    where: { OR: [{ fromId: staffId }, { toId: staffId }], endedAt: null, endsAt: { gt: now } },
    select: columns,
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(asDelegation)
}

/** One's own, given or received: others' do not exist. */
export async function delegationFor(actor: Actor, id: string): Promise<Delegation> {
  const row = /^\d{1,18}$/.test(id)
    ? await db.delegation.findFirst({
        where: { id: BigInt(id), OR: [{ fromId: actor.id }, { toId: actor.id }] },
        select: columns,
      })
    : null
  if (!row) throw new NotFound()
  return asDelegation(row)
}

/** Only who gave it puts it right. */
export async function givenDelegationFor(actor: Actor, id: string): Promise<Delegation> {
  const delegation = await delegationFor(actor, id)
  if (delegation.fromId !== actor.id) throw new NotFound()
  return delegation
}

export async function lockDelegation(tx: Tx, id: bigint): Promise<Delegation> {
  await tx.$queryRaw`select 1 from delegation where id = ${id} for update`
  return asDelegation(await tx.delegation.findUniqueOrThrow({ where: { id }, select: columns }))
}

const leaving = { where: { state: 'open' }, select: { id: true } } as const
const colleague = {
  id: true,
  number: true,
  name: true,
  state: true,
  grants: { select: { role: true } },
  leaving,
} as const
export type Colleague = Prisma.StaffGetPayload<{ select: typeof colleague }>

/** Colleagues at work who hold some role: whoever has none decides nothing, and a leaver is given nothing (ACC-02). */
export function colleaguesBeside(staffId: bigint): Promise<(Colleague & { department: { name: string } | null })[]> {
  return db.staff.findMany({
    where: { id: { not: staffId }, state: 'active', grants: { some: {} }, leaving: { none: { state: 'open' } } },
    orderBy: [{ pinyin: 'asc' }, { id: 'asc' }],
    take: 1000,
    select: { ...colleague, department: { select: { name: true } } },
  })
}

/** Held, so that nobody puts the account out of use, nor changes its roles, meanwhile. */
export async function lockColleague(tx: Tx, number: string): Promise<Colleague | null> {
  await tx.$queryRaw`select 1 from staff where number = ${number} for share`
  return tx.staff.findUnique({ where: { number }, select: colleague })
}

/** Which one stands in the way of another in the same kinds and time: for the sentence that says so. */
export async function overlapping(
  fromId: bigint,
  kinds: readonly string[],
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date },
  except: bigint | null,
): Promise<{ kind: string; delegation: Delegation } | null> {
  const found = await db.delegationKind.findFirst({
    where: {
      fromId,
      kind: { in: [...kinds] },
      startsAt: { lt: endsAt },
      endsAt: { gt: startsAt },
      delegation: { endedAt: null },
      ...(except === null ? {} : { delegationId: { not: except } }),
    },
    orderBy: { delegationId: 'asc' },
    select: { kind: true, delegation: { select: columns } },
  })
  return found ? { kind: found.kind, delegation: asDelegation(found.delegation) } : null
}
