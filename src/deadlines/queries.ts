import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { holds } from '../access/actor.ts'
import { scopeKey } from '../access/scope-key.ts'
import { stepsToSign } from '../approvals/inbox.ts'
import { requestsSql } from '../approvals/reading.ts'
import { unseenBy } from '../complaints/unseen.ts'
import { ask } from '../db.ts'
import { noteBeyond, wasBeyond } from '../lib/beyond.ts'
import { NotFound } from '../lib/refused.ts'
import { ofComplaints, type OfComplaints } from './complaints.ts'
import { shownStates, type ListQuery, type ShownState } from './forms.ts'
import { personalSql, rowColumns, seenComplaint, seenCustomer, stepIdSql, type DeadlineRow } from './rows.ts'
import type { Tagged } from './tag.ts'
import type { DeadlineKind } from './kinds.ts'

export const pageSize = 25
/** As everywhere: counting stops here. */
export const countedTo = 1000

export type DeadlineList = { rows: DeadlineRow[]; more: boolean; counts: Record<ShownState, number> }

/** One page by keyset, the most urgent first; what has ended, the latest first. Everything counted to 1,000. */
export async function deadlinesFor(actor: Actor, query: ListQuery, now: Date): Promise<DeadlineList> {
  const ended = query.state === 'ended'
  const order = ended ? Prisma.sql`d.id desc` : Prisma.sql`d.due_at, d.id`
  const where = [stateSql(query.state, now), ...beyond(query)]
  const [steps, { subjects: unseen }] = await Promise.all([stepsSeen(actor, now), unseenBy(actor)])
  const ofSeen = await ofComplaints({ actor, unseen, mine: query.mine === 'on', countedTo })
  const seen = seenBy(actor, { steps, unseen }, query)
  const [found, counts] = await Promise.all([
    ask<DeadlineRow>`
      with page as (${seen(Prisma.sql`d.id, d.due_at`, where, ended ? ofSeen.ended.listed : ofSeen.running, Prisma.sql`order by ${order} limit ${pageSize + 1}`)})
      select ${rowColumns(actor)} from (select d.id from page d order by ${order} limit ${pageSize + 1}) p
      join deadline d using (id) left join ${seenCustomer(actor)} on true order by ${order}`,
    countsOf(seen, ofSeen, { actor, query, now }),
  ])
  return { rows: found.slice(0, pageSize), more: found.length > pageSize, counts }
}

/** The only way to one; what this person may not see does not exist. */
export async function deadlineFor(actor: Actor, id: string): Promise<DeadlineRow> {
  if (!/^\d{1,18}$/.test(id)) throw new NotFound()
  const [found] = await ask<DeadlineRow>`
    select ${rowColumns(actor)} from deadline d left join ${seenCustomer(actor)} on true
    where d.id = ${BigInt(id)} and (c.id is not null or ${personalSql(actor)}
      or exists (select 1 from ${seenComplaint(actor)}) or exists (
      select 1 from approval_step s join approval_request r on r.id = s.request_id
      where s.id = ${stepIdSql} and ${await requestsSql(actor)}))`
  if (!found) throw new NotFound()
  return found
}

export type OfCustomer = Tagged & { id: bigint; kind: DeadlineKind; rule: string }

/**
 * A customer's clocks: those that run, then those that ended last. For whoever sees the customer; tasks, of which not
 * everybody sees each, stand on the same page with theirs.
 */
export function deadlinesOf(customerId: bigint): Promise<OfCustomer[]> {
  return ask<OfCustomer>`
    select id, kind, rule, unit::text, started_at as "startedAt", due_at as "dueAt", soon_at as "soonAt",
      paused_at as "pausedAt", met_at as "metAt", cancelled_at as "cancelledAt"
    from deadline where customer_id = ${customerId} and kind <> 'task.due' and cancelled_at is null
    order by met_at desc nulls first, due_at limit 6`
}

const none = Prisma.empty
/** `walk`: the order of an index by which complaints' clocks are counted: they lie close together, of which no statistic tells. */
type Seen = (
  columns: Prisma.Sql,
  where: Prisma.Sql[],
  ofSeen: Prisma.Sql[],
  end: Prisma.Sql,
  walk?: Prisma.Sql,
) => Prisma.Sql

type Known = { steps: string[]; unseen: string[] }
const nothing = (columns: Prisma.Sql) => Prisma.sql`(select ${columns} from deadline d where false)`

/** The ways of seeing a deadline, each with its own order and end, so that any finds its index. */
function seenBy(actor: Actor, { steps, unseen }: Known, { kind, mine }: ListQuery): Seen {
  const own = mine ? [Prisma.sql`d.owner_id = ${actor.id}`] : []
  return (columns, where, ofSeen, end, walk = none) => {
    const asked = [...where, ...(kind ? [Prisma.sql`d.kind = ${kind}`] : [])]
    const all = Prisma.join([...asked, ...own], ' and ')
    const ofCustomers = (mine ? ownedBy(actor) : [Prisma.sql`true`]).map(
      (whose) => Prisma.sql`(select ${columns} from deadline d join ${seenCustomer(actor)} on true
        where d.customer_id is not null and ${whose} and ${Prisma.join(asked, ' and ')} ${end})`,
    )
    const others = Prisma.sql`deadline d left join ${seenCustomer(actor)} on true where c.id is null and`
    const toSign = Prisma.sql`union all (select ${columns} from ${others} d.subject = any(${steps}::text[])
      and d.kind = 'approval.step' and ${all} ${end})`
    const ofAll = ofSeen.map((one) => Prisma.sql`(select ${columns} from ${one} and ${all} ${walk} ${end})`)
    // A complaint's clock is nobody's else.
    if (kind.startsWith('complaint.')) return ofAll.length > 0 ? Prisma.join(ofAll, ' union all ') : nothing(columns)
    // What is seen without looking up its record comes first: a count may be full with it.
    return Prisma.sql`
      ${Prisma.join([...(kind === '' ? ofAll : []), ...ofCustomers], ' union all ')}
      union all (select ${columns} from ${others} ${personalSql(actor, unseen)} and ${all} ${end})
      ${steps.length > 0 ? toSign : none}`
  }
}

/** Whose a customer's clock is, one by one: together, no index would serve. */
const ownedBy = ({ id }: Actor) => [
  // In the words of the index: a complaint's clock is no customer's.
  Prisma.sql`d.owner_id = ${id} and d.subject not like 'complaint:%'`,
  Prisma.sql`d.owner_id is null and d.customer_id = any(array(select id from customer where owner_id = ${id}))`,
  Prisma.sql`d.owner_id is null and d.customer_id = any(array(
    select id from customer where owner_id is null and created_by_id = ${id}))`,
]

/** APR-05: the clocks of what this person may sign, signed or asked for; who audits sees every one anyway. */
async function stepsSeen(actor: Actor, now: Date): Promise<string[]> {
  if (holds(actor, 'auditor')) return []
  return (await stepsToSign(actor, now)).map((id) => `approval_step:${id}`)
}

type Counting = { actor: Actor; query: ListQuery; now: Date }

/** What was beyond counting a moment ago is not counted again. */
async function countsOf(seen: Seen, ofSeen: OfComplaints, { actor, query, now }: Counting) {
  const keyOf = (state: ShownState) => `deadlines ${scopeKey(actor)} ${query.kind} ${query.mine} ${state}`
  const asked = shownStates.filter((state) => !wasBeyond(keyOf(state), now))
  const counts = asked.length > 0 ? await countedAnew(seen, ofSeen, asked, now) : []
  for (const [at, state] of asked.entries()) if (counts[at]! > countedTo) noteBeyond(keyOf(state), now)
  const countOf = (state: ShownState) => counts[asked.indexOf(state)] ?? countedTo + 1
  return Object.fromEntries(shownStates.map((state) => [state, countOf(state)])) as Record<ShownState, number>
}

async function countedAnew(seen: Seen, { running, ended }: OfComplaints, states: ShownState[], now: Date) {
  const one = (state: ShownState) => Prisma.sql`(select count(*)::int from (select 1 from (
    ${seen(
      Prisma.sql`1`,
      [stateSql(state, now)],
      state === 'ended' ? ended.counted : running,
      Prisma.sql`limit ${countedTo + 1}`,
      walked(state),
    )}
    ) as seen limit ${countedTo + 1}) as found)`
  const [row] = await ask<{ counts: number[] }>`select array[${Prisma.join(states.map(one))}] as counts`
  return row!.counts
}

const walked = (state: ShownState) =>
  state === 'ended' ? Prisma.sql`order by d.id` : Prisma.sql`order by d.due_at, d.id`

const running = Prisma.sql`d.met_at is null and d.cancelled_at is null`
const ticking = Prisma.sql`${running} and d.paused_at is null`

/** CAL-02, as rules.ts has it, over columns. */
function stateSql(state: ListQuery['state'], now: Date): Prisma.Sql {
  if (state === 'overdue') return Prisma.sql`${ticking} and d.due_at < ${now}::timestamptz`
  if (state === 'soon')
    return Prisma.sql`${ticking} and d.soon_at <= ${now}::timestamptz and d.due_at >= ${now}::timestamptz`
  if (state === 'ontime')
    return Prisma.sql`${ticking} and d.soon_at > ${now}::timestamptz and d.due_at >= ${now}::timestamptz`
  if (state === 'paused') return Prisma.sql`${running} and d.paused_at is not null`
  return state === 'ended' ? Prisma.sql`(d.met_at is not null or d.cancelled_at is not null)` : running
}

function beyond({ state, after }: ListQuery): Prisma.Sql[] {
  if (!after) return []
  const [due, id] = after.split('.') as [string, string]
  if (state === 'ended') return [Prisma.sql`d.id < ${BigInt(id)}`]
  return [Prisma.sql`(d.due_at, d.id) > (${new Date(Number(due))}::timestamptz, ${BigInt(id)})`]
}
