import type { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { db, type Tx } from '../../db.ts'
import { NotFound } from '../../lib/refused.ts'
import type { RuleId } from '../register.ts'
import type { RuleValues } from '../values.ts'
import { lockChanges } from './newest.ts'
import type { Proposal } from './rules.ts'

const person = { select: { id: true, name: true } } satisfies Prisma.StaffDefaultArgs
const columns = {
  id: true,
  number: true,
  state: true,
  preset: true,
  reason: true,
  effectiveOn: true,
  draftedAt: true,
  draftedBy: person,
  decidedAt: true,
  decidedBy: person,
  decisionNote: true,
  version: true,
  versions: {
    select: { id: true, rule: true, n: true, values: true, replaces: true, inForceAt: true },
    orderBy: { id: 'asc' },
  },
} satisfies Prisma.RegulationChangeSelect
type Row = Prisma.RegulationChangeGetPayload<{ select: typeof columns }>
export type Change = Omit<Row, 'effectiveOn' | 'versions'> & {
  effectiveOn: string
  proposals: (Proposal & { id: bigint; n: number | null; inForceAt: Date | null })[]
}

const read = ({ effectiveOn, versions, ...row }: Row): Change => ({
  ...row,
  effectiveOn: effectiveOn.toISOString().slice(0, 10),
  proposals: versions.map((version) => ({
    ...version,
    rule: version.rule as RuleId,
    values: version.values as RuleValues,
    replaces: version.replaces as RuleValues,
  })),
})

/** What is not decided yet concerns those who draft, approve and audit; what was approved everybody. */
export function visibleChanges(actor: Actor): Prisma.RegulationChangeWhereInput {
  const whole = (['regulations.draft', 'regulations.approve', 'audit.view'] as const).some((act) => mayEver(actor, act))
  return whole ? {} : { state: 'approved' }
}

export async function changeFor(actor: Actor, number: string): Promise<Change> {
  const row = await db.regulationChange.findFirst({
    where: { AND: [{ number }, visibleChanges(actor)] },
    select: columns,
  })
  if (!row) throw new NotFound()
  return read(row)
}

/** A person's own change that can still be written anew. */
export async function draftFor(actor: Actor, number: string): Promise<Change> {
  const change = await changeFor(actor, number)
  if (change.draftedBy.id !== actor.id || change.state !== 'drafted') throw new NotFound()
  return change
}

const most = 200

export async function changesFor(actor: Actor, state?: Change['state']): Promise<Change[]> {
  const where = { AND: [visibleChanges(actor), state ? { state } : {}] }
  const rows = await db.regulationChange.findMany({ where, select: columns, orderBy: { id: 'desc' }, take: most })
  return rows.map(read)
}

export async function changesOf(actor: Actor, rule: RuleId): Promise<Change[]> {
  const where = { AND: [visibleChanges(actor), { versions: { some: { rule } } }] }
  const rows = await db.regulationChange.findMany({ where, select: columns, orderBy: { id: 'desc' }, take: most })
  return rows.map(read)
}

/** How many of each state, for the tabs. */
export async function changeCounts(actor: Actor): Promise<Partial<Record<Change['state'], number>>> {
  const groups = await db.regulationChange.groupBy({ by: ['state'], where: visibleChanges(actor), _count: true })
  return Object.fromEntries(groups.map(({ state, _count }) => [state, _count]))
}

/** For the general manager's page: what waits, oldest first. */
export function waitingChanges(actor: Actor) {
  return db.regulationChange.findMany({
    where: { state: 'waiting', draftedById: { not: actor.id } },
    orderBy: { id: 'asc' },
    take: most,
    select: {
      number: true,
      draftedAt: true,
      effectiveOn: true,
      draftedBy: { select: { name: true } },
      versions: { select: { rule: true } },
    },
  })
}
export type WaitingChange = Awaited<ReturnType<typeof waitingChanges>>[number]

export const asDay = (day: string) => new Date(`${day}T00:00:00Z`)

/** What happened to a change, newest first: each of its rules has a line of its own, one of them tells it. */
export function changeTrail({ number, proposals }: Change) {
  return db.auditEntry.findMany({
    where: {
      subject: `regulation:${proposals[0]?.rule}`,
      kind: 'change',
      after: { path: ['number'], equals: number },
    },
    orderBy: { id: 'desc' },
    take: 50,
    select: { at: true, actorName: true, action: true, why: true },
  })
}

export async function lockChange(tx: Tx, id: bigint): Promise<Change> {
  await lockChanges(tx)
  await tx.$queryRaw`select 1 from regulation_change where id = ${id} for update`
  return read(await tx.regulationChange.findUniqueOrThrow({ where: { id }, select: columns }))
}
