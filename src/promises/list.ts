import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { ask } from '../db.ts'
import { overseesTasks } from '../tasks/policy.ts'
import type { PromiseQuery, PromiseTab } from './forms.ts'
import { visiblePromisesSql } from './policy.ts'
import { countedSql, dueInSql, lateSql, overdueSql, promisesBy, promisesSql, type PromiseRow } from './queries.ts'

export const pageSize = 25
/** Counting stops here, as on other lists. */
export const countedTo = 1000

export type PromiseList = {
  rows: PromiseRow[]
  more: boolean
  count: number
  overdue: number
  tabs: { name: PromiseTab; count: number }[]
}

/** One page of promises: what is to be kept by its day, what has ended by when it ended. */
export async function promisesFor(actor: Actor, query: PromiseQuery, now: Date): Promise<PromiseList> {
  const where = conditionsSql(actor, query, now)
  const page = { where, after: query.after, most: pageSize + 1, now }
  const [rows, [counts]] = await Promise.all([
    pageOf(actor, query, page),
    ask<{ counts: number[] }>`select array[${Prisma.join(
      [
        where,
        Prisma.sql`${tabSql(actor, query.tab)} and ${overdueSql(now)}`,
        ...tabsOf(actor).map((tab) => Prisma.sql`${tabSql(actor, tab)} and t.state = 'open'`),
      ].map(countSql),
    )}] as counts`,
  ])
  const [count, overdue, ...perTab] = counts!.counts
  const tabs = tabsOf(actor).map((name, at) => ({ name, count: perTab[at]! }))
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize, count: count!, overdue: overdue!, tabs }
}

const atOnce = 500

/** All that the conditions find and that may leave the house, in pieces, for a file. */
export async function* everyPromise(actor: Actor, query: PromiseQuery, now: Date): AsyncGenerator<PromiseRow> {
  const where = Prisma.sql`${conditionsSql(actor, query, now)} and ${visiblePromisesSql(actor, 'visits.export')}`
  for (let after: string | undefined; ;) {
    const rows: PromiseRow[] = await pageOf(actor, query, { where, after, most: atOnce, now })
    yield* rows
    if (rows.length < atOnce) return
    after = rows.at(-1)!.number
  }
}

type Page = { where: Prisma.Sql; after: string | undefined; most: number; now: Date }

function pageOf(actor: Actor, { state }: PromiseQuery, { where, after, most, now }: Page): Promise<PromiseRow[]> {
  const ended = state !== '' && state !== 'overdue' && state !== 'all'
  const order = ended ? Prisma.sql`t.ended_at desc, t.id desc` : Prisma.sql`t.due_on, t.id`
  const mark = Prisma.sql`(select task.id as task_id, due_on, ended_at, p.id from task join promise p on p.task_id = task.id where number = ${after})`
  const beyond = ended
    ? Prisma.sql`exists (select from ${mark} m where (t.ended_at, t.id) < (m.ended_at, m.id))`
    : Prisma.sql`exists (select from ${mark} m where (t.due_on, t.id) > (m.due_on, m.id))`
  const all = after ? Prisma.sql`${where} and ${beyond}` : where
  return promisesBy(actor, Prisma.sql`where ${all} order by ${order} limit ${most}`, now)
}

/** Who looks after nobody else's tasks has no department to look at. */
export const tabsOf = (actor: Actor): PromiseTab[] =>
  overseesTasks(actor) && actor.departmentId !== null ? ['mine', 'department', 'scope'] : ['mine', 'scope']

/** The people who have promises to keep that this person sees, for narrowing the list. */
export function ownersOf(actor: Actor): Promise<{ number: string; name: string }[]> {
  return ask`
    select number, name from staff
    where id in (select owner_id from ${promisesSql} as t where ${visiblePromisesSql(actor)})
    order by pinyin, id limit 500`
}

function tabSql(actor: Actor, tab: PromiseTab): Prisma.Sql {
  if (tab === 'mine') return Prisma.sql`t.owner_id = ${actor.id}`
  const seen = visiblePromisesSql(actor)
  return tab === 'scope' ? seen : Prisma.sql`t.department_id = ${actor.departmentId} and ${seen}`
}

function stateSql(state: PromiseQuery['state'], now: Date): Prisma.Sql {
  if (state === 'all') return Prisma.sql`true`
  if (state === 'overdue') return overdueSql(now)
  if (state === 'withdrawn') return Prisma.sql`t.state = 'withdrawn'`
  if (state === '') return Prisma.sql`t.state = 'open'`
  return Prisma.sql`t.state = 'done' and ${state === 'kept' ? Prisma.sql`not ${lateSql}` : lateSql}`
}

function conditionsSql(actor: Actor, { tab, state, owner, customer, ...query }: PromiseQuery, now: Date): Prisma.Sql {
  const known = Prisma.sql`(select id from customer where number = ${customer} and ${visibleCustomersSql(actor)})`
  const parts = [
    tabSql(actor, tab),
    stateSql(state, now),
    ...(owner ? [Prisma.sql`t.owner_number = ${owner}`] : []),
    ...(customer ? [Prisma.sql`t.customer_id in ${known}`] : []),
    ...assessedSql(actor, query),
  ]
  return Prisma.join(parts, ' and ')
}

/** VIS-09: what a figure of the assessment counts. */
function assessedSql(actor: Actor, { month, unit, reach }: Pick<PromiseQuery, 'month' | 'unit' | 'reach'>) {
  return [
    ...(month ? [dueInSql(month)] : []),
    ...(unit === 'NONE' ? [Prisma.sql`t.department_id is null`] : []),
    ...(/\d/.test(unit) ? [Prisma.sql`t.department_id = ${BigInt(unit)}`] : []),
    ...(reach ? [countedSql(actor)] : []),
  ]
}

const countSql = (where: Prisma.Sql) => Prisma.sql`(
  select count(*)::int from (select 1 from ${promisesSql} as t where ${where} limit ${countedTo + 1}) as found)`
