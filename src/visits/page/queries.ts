import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { withChips } from '../../customers/history/chips.ts'
import { withoutUnseen, type HistoryLine } from '../../customers/history/unseen.ts'
import { visibleCustomers } from '../../customers/policy.ts'
import { veilDeep } from '../../customers/sensitivity.ts'
import { ask, db } from '../../db.ts'
import type { OfCustomer } from '../../deadlines/queries.ts'
import { namesInOrder } from '../../staff/naming.ts'
import { subjectOf, trailOf, type Visit } from '../queries.ts'

/** Of these customers, those whose record this person may open. */
export async function openTo(actor: Actor, ids: readonly bigint[]): Promise<Set<bigint>> {
  if (ids.length === 0) return new Set()
  const found = await db.customer.findMany({
    where: { AND: [{ id: { in: [...ids] } }, visibleCustomers(actor)] },
    select: { id: true },
  })
  return new Set(found.map(({ id }) => id))
}

/** Both sides of a visit, and who else takes part. */
export async function sidesOf({ id, companions }: Visit) {
  const [people, parties, along] = await Promise.all([
    db.visitPerson.findMany({ where: { visitId: id }, orderBy: { id: 'asc' }, select: { name: true, post: true } }),
    db.visitParty.findMany({
      where: { visitId: id },
      orderBy: { customerId: 'asc' },
      select: { customer: { select: { id: true, number: true, name: true } } },
    }),
    namesInOrder(companions),
  ])
  return { people, parties: parties.map(({ customer }) => customer), along }
}

/** VIS-06: the clocks of a visit, the running one first. */
export function clocksOf(visit: { id: bigint }): Promise<OfCustomer[]> {
  return ask<OfCustomer>`
    select id, kind, rule, unit::text, started_at as "startedAt", due_at as "dueAt", soon_at as "soonAt",
      paused_at as "pausedAt", met_at as "metAt", cancelled_at as "cancelledAt"
    from deadline where subject = ${subjectOf(visit)} and cancelled_at is null
    order by met_at desc nulls first, id desc limit 3`
}

const mostLines = 200

/** AUD-03: what happened to this visit alone, the newest first; it stands among the lines of its customer. */
export async function linesOf(actor: Actor, visit: Visit, take = mostLines): Promise<HistoryLine[]> {
  const part = subjectOf(visit)
  const own = Prisma.sql`subject = ${part}`
  const ofCustomer = Prisma.sql`subject = ${trailOf(visit)} and (before ->> 'part' = ${part} or after ->> 'part' = ${part})`
  const found = await ask<HistoryLine & { before: unknown; after: unknown }>`
    select id, at, actor_name as "actorName", action, before, after, why from audit_entry
    where (${own} or (${ofCustomer})) and at >= ${visit.recordedAt}::timestamptz - interval '1 day'
    order by id desc limit ${take}`
  const fields = (value: unknown) => veilDeep(value ?? {}) as Record<string, unknown>
  const lines = found.map((line) => ({ ...line, before: fields(line.before), after: fields(line.after) }))
  return withChips(await withoutUnseen(actor, lines))
}
