import { Prisma } from '../../prisma/client/client.ts'
import type { ContactWay, TaskState } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver, withinSql } from '../access/policy.ts'
import { visibleRecordsSql } from '../contact-records/policy.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { ask } from '../db.ts'
import { asClock, type Clock } from '../tasks/queries.ts'
import { visibleTasksSql } from '../tasks/policy.ts'
import { visibleVisitsSql } from '../visits/policy.ts'
import { standingOf, type Standing } from './rules.ts'

/** All promises with their tasks and the places these lie in, as visiblePromisesSql reads them. */
export const promisesSql = Prisma.sql`
  (select p.id, p.task_id, p.customer_id, p.visit_id, p.contact_record_id, p.promised_to, p.promised_on, p.told_at,
     p.told_way, p.told_whom, p.told_words, p.told_by_id, k.number, k.title, k.state, k.ended_at, k.due_on, k.result,
     k.owner_id, k.created_by_id, o.number as owner_number, o.name as owner_name, o.department_id, c.region_id
   from promise p join task k on k.id = p.task_id join staff o on o.id = k.owner_id
     left join customer c on c.id = p.customer_id)`

export type PromiseRow = {
  taskId: bigint
  /** The task's. */
  number: string
  taskSeen: boolean
  what: string
  state: TaskState
  standing: Standing
  dueOn: string
  endedAt: Date | null
  result: string | null
  owner: string
  promisedTo: string | null
  promisedOn: string
  /** PRV-02: null also where there is one that this person does not see. */
  customer: { number: string; name: string } | null
  about: boolean
  /** Where it was made, for whoever sees that. */
  visit: string | null
  record: string | null
  toldAt: Date | null
  toldWay: ContactWay | null
  toldWhom: string | null
  toldWords: string | null
  toldBy: string | null
  clock: Clock | null
}

const clockSql = Prisma.sql`(
  select json_build_object('id', d.id::text, 'unit', d.unit, 'startedAt', d.started_at, 'dueAt', d.due_at,
    'soonAt', d.soon_at, 'pausedAt', d.paused_at, 'metAt', d.met_at, 'cancelledAt', d.cancelled_at,
    'breachedAt', d.breached_at)
  from deadline d where d.subject = 'task:' || t.task_id and d.kind = 'task.due' order by d.id desc limit 1)`

/** What a row tells, of `promisesSql as t`. */
const rowSql = (actor: Actor) => {
  const seesTask = mayEver(actor, 'tasks.view') ? visibleTasksSql(actor) : Prisma.sql`false`
  const records = Prisma.sql`(select number from contact_record
    where id = t.contact_record_id and ${visibleRecordsSql(actor)})`
  return Prisma.sql`
    t.task_id as "taskId", t.number, ${seesTask} as "taskSeen", t.title as what, t.state::text,
    to_char(t.due_on, 'YYYY-MM-DD') as "dueOn", t.ended_at as "endedAt", t.result, t.owner_name as owner,
    t.promised_to as "promisedTo", to_char(t.promised_on, 'YYYY-MM-DD') as "promisedOn", (
      select json_build_object('number', number, 'name', name) from customer
      where id = t.customer_id and ${visibleCustomersSql(actor)}) as customer,
    t.customer_id is not null as about,
    (select number from visit where id = t.visit_id and ${visibleVisitsSql(actor)}) as visit, ${records} as record,
    t.told_at as "toldAt", t.told_way::text as "toldWay", t.told_whom as "toldWhom", t.told_words as "toldWords",
    (select name from staff where id = t.told_by_id) as "toldBy", ${clockSql} as clock`
}

type Found = Omit<PromiseRow, 'standing' | 'clock'> & { clock: (Clock & { breachedAt: string | null }) | null }

/** Promises by a condition over `promisesSql as t`, in an order over it. */
export async function promisesBy(actor: Actor, found: Prisma.Sql, now: Date): Promise<PromiseRow[]> {
  const rows = await ask<Found>`select ${rowSql(actor)} from ${promisesSql} as t ${found}`
  return rows.map((row) => {
    const clock = asClock(row.clock)
    const { state, endedAt } = row
    const breachedAt = row.clock?.breachedAt ? new Date(row.clock.breachedAt) : null
    const dueAt = clock?.dueAt ?? new Date(`${row.dueOn}T16:00:00.000Z`)
    return { ...row, clock, standing: standingOf({ state, dueAt, endedAt, breachedAt }, now) }
  })
}

/** VIS-07: the promise that a task stands for, if it stands for one. */
export async function promiseOf(actor: Actor, taskId: bigint, now: Date): Promise<PromiseRow | null> {
  const [row] = await promisesBy(actor, Prisma.sql`where t.task_id = ${taskId}`, now)
  return row ?? null
}

/** The promises made on a visit or in a contact record, to whoever sees that. */
export const promisesOfVisit = (actor: Actor, visitId: bigint, now: Date) =>
  promisesBy(actor, Prisma.sql`where t.visit_id = ${visitId} order by t.due_on, t.id`, now)

export const promisesOfRecord = (actor: Actor, contactRecordId: bigint, now: Date) =>
  promisesBy(actor, Prisma.sql`where t.contact_record_id = ${contactRecordId} order by t.due_on, t.id`, now)

/** The moment that an open promise is due lies behind; over `promisesSql as t`. */
export const overdueSql = (now: Date) => Prisma.sql`(t.state = 'open' and exists (
  select from deadline d where d.subject = 'task:' || t.task_id and d.kind = 'task.due' and d.cancelled_at is null
    and d.met_at is null and d.due_at < ${now}::timestamptz))`

/** Done after the moment it was due, or after one that was missed. */
export const lateSql = Prisma.sql`exists (
  select from deadline d where d.subject = 'task:' || t.task_id and d.kind = 'task.due'
    and (d.breached_at is not null or t.ended_at > d.due_at))`

/** Due in a month (2026-12), over `promisesSql as t`. */
export const dueInSql = (month: string) =>
  Prisma.sql`(t.due_on >= ${`${month}-01`}::date and t.due_on < ${`${month}-01`}::date + interval '1 month')`

/** VIS-09: of those that are seen, the ones that this person's assessments count. */
export const countedSql = (actor: Actor) => withinSql(actor, 'assessments.view')

export type PromiseCounts = { ownerId: bigint } & Record<Standing, number>

/**
 * VIS-09: how each of these people stands with the promises that were due in a month (2026-12); who has none is not there.
 * What was handed on counts for whoever has it now.
 */
export function promisesOf(staffIds: readonly bigint[], month: string, now: Date): Promise<PromiseCounts[]> {
  const from = `${month}-01`
  return ask<PromiseCounts>`
    with due as (
      select t.owner_id, t.state, ${overdueSql(now)} as overdue, t.state = 'done' and ${lateSql} as late
      from (select k.id as task_id, k.owner_id, k.state, k.ended_at from promise p join task k on k.id = p.task_id
        where k.owner_id = any(${[...staffIds]}::bigint[]) and k.due_on >= ${from}::date
          and k.due_on < ${from}::date + interval '1 month') t)
    select owner_id as "ownerId", count(*) filter (where state = 'done' and not late)::int as kept,
      count(*) filter (where late)::int as kept_late, count(*) filter (where overdue)::int as overdue,
      count(*) filter (where state = 'open' and not overdue)::int as open,
      count(*) filter (where state = 'withdrawn')::int as withdrawn
    from due group by owner_id`
}
