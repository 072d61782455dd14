import type { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { db, type Tx } from '../../db.ts'
import { dayText } from '../../lib/days.ts'
import { NotFound } from '../../lib/refused.ts'
import type { RuleId } from '../register.ts'
import type { RuleValues } from '../values.ts'
import { lockChanges, newestOf } from './newest.ts'
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
  effectiveOn: dayText(effectiveOn),
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

/** For whoever decides it: the right to that is the request's. */
export async function changeById(id: bigint): Promise<Change> {
  const row = await db.regulationChange.findUnique({ where: { id }, select: columns })
  if (!row) throw new NotFound()
  return read(row)
}

/** What holds of these rules by now, and how many clocks run under it. */
export async function runningUnder(rules: RuleId[]) {
  const running = await db.deadline.count({ where: { rule: { in: rules }, metAt: null, cancelledAt: null } })
  return { newest: await newestOf(db, rules), running }
}

/** The number of the request by which a change is or was decided. */
export async function requestOf({ id }: Change): Promise<{ number: string } | null> {
  return db.approvalRequest.findFirst({
    where: { kind: 'regulation.change', subject: `regulation_change:${id}` },
    orderBy: { id: 'desc' },
    select: { number: true },
  })
}

/** What the one who decided a request said. */
export async function verdictOn(tx: Tx, requestId: bigint): Promise<string | null> {
  const step = await tx.approvalStep.findFirst({
    where: { requestId, decidedAt: { not: null } },
    orderBy: { n: 'desc' },
    select: { reason: true },
  })
  return step?.reason ?? null
}

export async function lockChange(tx: Tx, id: bigint): Promise<Change> {
  await lockChanges(tx)
  await tx.$queryRaw`select 1 from regulation_change where id = ${id} for update`
  return read(await tx.regulationChange.findUniqueOrThrow({ where: { id }, select: columns }))
}
