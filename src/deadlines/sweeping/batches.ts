import { randomBytes } from 'node:crypto'
import { system } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { notify } from '../../notices/commands.ts'
import { ruleEventsIn, type RuleEvent } from '../../regulations/events.ts'
import { kindOf } from '../kinds.ts'
import type { Staffing } from './staffing.ts'
import type { DueGroup, Step, Taken } from './steps.ts'
import { gathered } from './telling.ts'

export const rowsInSweep = 5000

/** Nothing to do, or another process has it: thrown so that the empty transaction leaves no trace. */
class Nothing extends Error {}

/** Work in one change, unless it finds nothing to do. */
export async function unlessNothing(
  action: 'deadline.swept' | 'deadline.missing_started' | 'deadline.recomputed',
  work: (tx: Tx) => Promise<{ n: number; after: object }>,
): Promise<number> {
  try {
    return await change(system, async (tx, audit) => {
      const { n, after } = await work(tx)
      if (n === 0) throw new Nothing()
      await audit(action, `deadlines:${randomBytes(4).toString('hex')}`, { after })
      return n
    })
  } catch (error) {
    if (error instanceof Nothing) return 0
    throw error
  }
}

/**
 * One batch of a step. Rows are held by whoever takes them and passed over by everybody else; state, record, notices and
 * counts stand together or not at all, so that each change is recorded and reminded of once.
 */
export function sweepBatch(step: Step, staffing: Staffing, now: Date): Promise<number> {
  return unlessNothing('deadline.swept', async (tx) => {
    const groups = await dueGroups(tx, step, now)
    const n = groups.reduce((sum, { ids }) => sum + ids.length, 0)
    if (n === 0) return { n, after: {} }
    const taken: Taken[] = []
    for (const group of groups) taken.push(await step.take(group, staffing))
    const marks = taken.map(({ group, climbed, nextStepAt }) => ({
      ids: arrayText(group.ids),
      climbed,
      next: nextStepAt,
    }))
    await step.mark(tx, JSON.stringify(marks), now)
    await insertEvents(tx, taken, now)
    await notify(tx, gathered(taken, staffing), now)
    await ruleEventsIn(tx, countsOf(step, taken), now)
    return { n, after: { [step.name]: n } }
  })
}

/** As PostgreSQL writes an array. */
const arrayText = (ids: bigint[]) => `{${ids.join()}}`

function dueGroups(tx: Tx, step: Step, now: Date): Promise<DueGroup[]> {
  return tx.$queryRaw<DueGroup[]>`
    with held as materialized (
      select d.* from deadline d where ${step.due(now)} limit ${rowsInSweep} for update skip locked)
    select d.kind, d.started_at as "startedAt", d.due_at as "dueAt", d.climbed, d.breached_at is not null as missed,
      coalesce(d.owner_id, c.owner_id, c.created_by_id) as "ownerId",
      case when c.id is null then s.department_id else c.department_id end as "departmentId", c.region_id as "regionId",
      array_agg(d.id order by d.id) as ids, array_agg(d.subject order by d.id) as subjects,
      array_agg(coalesce(c.number, t.number, '') order by d.id) as numbers
    from held d left join customer c on c.id = d.customer_id left join staff s on s.id = d.owner_id
      left join task t on t.id = case when d.subject ~ '^task:[0-9]+$' then substr(d.subject, 6)::bigint end
    group by 1, 2, 3, 4, 5, 6, 7, 8 order by d.due_at`
}

async function insertEvents(tx: Tx, taken: Taken[], now: Date): Promise<void> {
  const rows = taken.flatMap(({ group, events }) =>
    events.map((event, place) => ({ place, ids: arrayText(group.ids), ...event })),
  )
  if (rows.length === 0) return
  await tx.$executeRaw`
    insert into deadline_event (deadline_id, at, kind, detail)
    select id, ${now}::timestamptz, kind, detail
    from json_to_recordset(${JSON.stringify(rows)}::json) as v(place int, ids bigint[], kind deadline_event_kind, detail jsonb), unnest(v.ids) as id
    order by id, place`
}

/** RULE-01: what each rule did, counted together by kind of deadline. */
function countsOf(step: Step, taken: Taken[]): RuleEvent[] {
  const count = (effect: 'reminded' | 'breached', counts: (one: Taken) => boolean): RuleEvent[] =>
    [...new Set(taken.map(({ group }) => group.kind))].flatMap((kind) => {
      const some = taken.filter((one) => one.group.kind === kind && counts(one))
      const n = some.reduce((sum, { group }) => sum + group.ids.length, 0)
      return n > 0 ? [{ rule: kindOf(kind).rule, effect, place: kind, n }] : []
    })
  const breached = step.name === 'overdue' ? count('breached', ({ group }) => !group.missed) : []
  return [...count('reminded', ({ notices }) => notices.length > 0), ...breached]
}
