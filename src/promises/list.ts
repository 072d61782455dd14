import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { countedTo, countsByAddress } from '../access/counted.ts'
import { withinSql } from '../access/policy.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { ask } from '../db.ts'
import { overseesTasks } from '../tasks/policy.ts'
import { promiseQuery, type PromiseQuery, type PromiseTab } from './forms.ts'
import { keepersSql, promiseWays } from './policy.ts'
import { dueInSql, lateSql, overdueSql, promisesBy, type PromiseRow } from './queries.ts'

export { countedTo }

export const pageSize = 25
export type PromiseList = {
  rows: PromiseRow[]
  more: boolean
  count: number
  overdue: number
  tabs: { name: PromiseTab; count: number }[]
}

/** One page of promises: what is to be kept by its day, what has ended by when it ended. */
export async function promisesFor(actor: Actor, query: PromiseQuery, now: Date): Promise<PromiseList> {
  const { after: _after, ...narrowed } = query
  const late = promiseQuery.parse({ tab: query.tab, state: 'overdue' })
  const perTab = tabsOf(actor).map((tab) => promiseQuery.parse({ tab }))
  const lists = [narrowed, late, ...perTab].map((one) => [addressOf(one), hitsSql(actor, one, now)] as const)
  const [rows, of] = await Promise.all([
    pageOf(actor, query, { after: query.after, most: pageSize + 1, now }),
    countsByAddress(actor, new Map(lists), now),
  ])
  const tabs = perTab.map((one) => ({ name: one.tab, count: of(addressOf(one)) }))
  const [count, overdue] = [of(addressOf(narrowed)), of(addressOf(late))]
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize, count, overdue, tabs }
}

const addressOf = (query: PromiseQuery) => `promises ${JSON.stringify(query)}`

/** What a list holds, to a thousand and one: each way by its own index. */
function hitsSql(actor: Actor, query: PromiseQuery, now: Date): Prisma.Sql {
  const conditions = conditionsSql(actor, query, now)
  const each = waysOf(actor, query.tab).map(
    (way) => Prisma.sql`(select t.id from promise t where ${way} and ${conditions} limit ${countedTo + 1})`,
  )
  return Prisma.sql`select id from (${Prisma.join(each, ' union ')}) as found limit ${countedTo + 1}`
}

const atOnce = 500

/** All that the conditions find and that may leave the house, in pieces, for a file. */
export async function* everyPromise(actor: Actor, query: PromiseQuery, now: Date): AsyncGenerator<PromiseRow> {
  const leaving = Prisma.sql`(${withinSql(actor, 'visits.export', ofTask)})`
  for (let after: string | undefined; ;) {
    const rows: PromiseRow[] = await pageOf(actor, query, { leaving, after, most: atOnce, now })
    yield* rows
    if (rows.length < atOnce) return
    after = rows.at(-1)!.number
  }
}

type Page = { leaving?: Prisma.Sql; after: string | undefined; most: number; now: Date }

/** Each way is walked in the list's order, no further than one page needs. */
function pageOf(actor: Actor, query: PromiseQuery, { leaving, after, most, now }: Page): Promise<PromiseRow[]> {
  const ended = query.state !== '' && query.state !== 'overdue' && query.state !== 'all'
  const order = ended ? Prisma.sql`t.ended_at desc, t.id desc` : Prisma.sql`t.due_on, t.id`
  const mark = Prisma.sql`from promise m join task k on k.id = m.task_id where k.number = ${after}`
  const beyond = ended
    ? Prisma.sql`(t.ended_at, t.id) < ((select m.ended_at ${mark}), (select m.id ${mark}))`
    : Prisma.sql`(t.due_on, t.id) > ((select m.due_on ${mark}), (select m.id ${mark}))`
  const conditions = [conditionsSql(actor, query, now), ...(after ? [beyond] : []), ...(leaving ? [leaving] : [])]
  const each = waysOf(actor, query.tab).map(
    (way) => Prisma.sql`(select t.id, t.due_on, t.ended_at from promise t
      where ${Prisma.join([way, ...conditions], ' and ')} order by ${order} limit ${most})`,
  )
  const page = Prisma.sql`select t.id from (${Prisma.join(each, ' union ')}) as t order by ${order} limit ${most}`
  return promisesBy(actor, Prisma.sql`where t.id in (${page}) order by ${order}`, now)
}

/** Who looks after nobody else's tasks has no department to look at. */
export const tabsOf = (actor: Actor): PromiseTab[] =>
  overseesTasks(actor) && actor.departmentId !== null ? ['mine', 'department', 'scope'] : ['mine', 'scope']

/** The people who have promises to keep that this person sees, for narrowing the list. */
export function ownersOf(actor: Actor): Promise<{ number: string; name: string }[]> {
  return ask`select number, name from staff where ${keepersSql(actor)} order by pinyin, id limit 500`
}

function waysOf(actor: Actor, tab: PromiseTab): Prisma.Sql[] {
  if (tab === 'mine') return [Prisma.sql`t.owner_id = ${actor.id}`]
  const seen = promiseWays(actor)
  if (tab === 'scope') return seen
  return seen.map((way) => Prisma.sql`${way} and t.owner_department_id = ${actor.departmentId}`)
}

function stateSql(state: PromiseQuery['state'], now: Date): Prisma.Sql {
  if (state === 'all') return Prisma.sql`true`
  if (state === 'overdue') return overdueSql(now)
  if (state === 'withdrawn') return Prisma.sql`t.state = 'withdrawn'`
  if (state === '') return Prisma.sql`t.state = 'open'`
  return Prisma.sql`t.state = 'done' and ${state === 'kept' ? Prisma.sql`not ${lateSql}` : lateSql}`
}

/** What the list asks of a promise, over `promise as t`. */
function conditionsSql(actor: Actor, { state, owner, customer, ...query }: PromiseQuery, now: Date): Prisma.Sql {
  const known = Prisma.sql`(select id from customer where number = ${customer} and ${visibleCustomersSql(actor)})`
  const parts = [
    stateSql(state, now),
    ...(owner ? [Prisma.sql`t.owner_id = (select id from staff where number = ${owner})`] : []),
    ...(customer ? [Prisma.sql`t.customer_id in ${known}`] : []),
    ...assessedSql(actor, query),
  ]
  return Prisma.join(parts, ' and ')
}

/** Where the task lies. */
const ofTask = {
  owner: Prisma.sql`t.owner_id`,
  department: Prisma.sql`t.owner_department_id`,
  region: Prisma.sql`(select region_id from customer where id = t.customer_id)`,
}

/** VIS-09: what a figure of the assessment counts. */
function assessedSql(actor: Actor, { month, unit, reach }: Pick<PromiseQuery, 'month' | 'unit' | 'reach'>) {
  return [
    ...(month ? [dueInSql(month)] : []),
    ...(unit === 'NONE' ? [Prisma.sql`t.owner_department_id is null`] : []),
    ...(/\d/.test(unit) ? [Prisma.sql`t.owner_department_id = ${BigInt(unit)}`] : []),
    ...(reach ? [withinSql(actor, 'assessments.view', ofTask)] : []),
  ]
}
