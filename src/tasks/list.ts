import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { ask } from '../db.ts'
import type { TaskQuery, TaskTab } from './forms.ts'
import { overseesTasks, visibleTasksSql } from './policy.ts'
import { isPromiseSql, rowSql, seenRow, tasksSql, type TaskRow } from './queries.ts'

export const pageSize = 25
/** Counting stops here, as on other lists. */
export const countedTo = 1000

export type TaskList = {
  rows: TaskRow[]
  earlier: boolean
  later: boolean
  count: number
  tabs: { name: TaskTab; count: number }[]
}

/** One page of the tasks of a tab, by keyset: open ones by urgency, ended ones by when they ended. */
export async function tasksFor(actor: Actor, query: TaskQuery, now: Date): Promise<TaskList> {
  const mark = await markOf(actor, query.after ?? query.before)
  const back = mark !== null && query.after === undefined
  const where = conditionsSql(actor, query, now)
  const ended = query.tab === 'ended'
  const found = await ask<TaskRow>`
    select ${rowSql(actor)} from ${tasksSql} as t join (
      select id, row_number() over (order by ${orderSql(ended, back)}) as at from ${tasksSql} as v
      where ${where} and ${mark === null ? Prisma.sql`true` : beyondSql(ended, back, mark)}
      order by ${orderSql(ended, back)} limit ${pageSize + 1}) as page using (id)
    order by page.at`
  const rows = found.slice(0, pageSize).map(seenRow)
  if (back) rows.reverse()
  const more = found.length > pageSize
  const [counts] = await ask<{ counts: number[] }>`
    select array[${Prisma.join([where, ...tabsOf(actor).map((tab) => tabSql(actor, tab))].map(countSql))}] as counts`
  const [count, ...perTab] = counts!.counts
  const tabs = tabsOf(actor).map((name, at) => ({ name, count: perTab[at]! }))
  return { rows, earlier: back ? more : mark !== null, later: back || more, count: count!, tabs }
}

export type MyTasks = { count: number; first: TaskRow } | null

/** The most urgent of one's own open tasks, and how many there are: for the first page, where promises stand by themselves. */
export async function myTasks(actor: Actor): Promise<MyTasks> {
  const where = Prisma.sql`${tabSql(actor, 'mine')} and not ${isPromiseSql}`
  const [found] = await ask<TaskRow & { count: number }>`
    select ${rowSql(actor)}, ${countSql(where)} as count from ${tasksSql} as t
    where t.id = (select id from ${tasksSql} as v where ${where} order by due_on, id limit 1)`
  return found ? { count: found.count, first: seenRow(found) } : null
}

/** Who looks after nobody else's tasks has no scope to look at. */
export const tabsOf = (actor: Actor): TaskTab[] =>
  overseesTasks(actor) ? ['mine', 'given', 'scope', 'ended'] : ['mine', 'given', 'ended']

/** People who own or gave the tasks that this person sees, for narrowing the list. */
export function ownersOf(actor: Actor): Promise<{ number: string; name: string }[]> {
  return ask`
    select number, name from staff where id in (select owner_id from ${tasksSql} as v where ${visibleTasksSql(actor)})
    order by pinyin, id limit 500`
}

function tabSql(actor: Actor, tab: TaskTab): Prisma.Sql {
  if (tab === 'mine') return Prisma.sql`state = 'open' and owner_id = ${actor.id}`
  if (tab === 'given') return Prisma.sql`state = 'open' and created_by_id = ${actor.id} and owner_id <> ${actor.id}`
  const state = tab === 'scope' ? Prisma.sql`state = 'open'` : Prisma.sql`state <> 'open'`
  return Prisma.sql`${state} and ${visibleTasksSql(actor)}`
}

function conditionsSql(actor: Actor, { tab, owner, customer, overdue, promises }: TaskQuery, now: Date): Prisma.Sql {
  const parts = [
    tabSql(actor, tab),
    ...(owner ? [Prisma.sql`owner_number = ${owner}`] : []),
    ...(customer
      ? [
          Prisma.sql`customer_id in (select id from customer
            where number = ${customer} and ${visibleCustomersSql(actor)})`,
        ]
      : []),
    ...(promises ? [promises === 'only' ? isPromiseSql : Prisma.sql`not ${isPromiseSql}`] : []),
    ...(overdue
      ? [
          Prisma.sql`exists (select 1 from deadline d where d.subject = 'task:' || v.id and d.kind = 'task.due'
            and coalesce(d.met_at, ${now}::timestamptz) > d.due_at and d.cancelled_at is null)`,
        ]
      : []),
  ]
  return Prisma.join(parts, ' and ')
}

const countSql = (where: Prisma.Sql) => Prisma.sql`(
  select count(*)::int from (select 1 from ${tasksSql} as v where ${where} limit ${countedTo + 1}) as found)`

type Mark = { id: bigint; dueOn: string; endedAt: Date | null }

async function markOf(actor: Actor, number: string | undefined): Promise<Mark | null> {
  if (number === undefined) return null
  const [mark] = await ask<Mark>`
    select id, to_char(due_on, 'YYYY-MM-DD') as "dueOn", ended_at as "endedAt" from ${tasksSql} as v
    where number = ${number} and ${visibleTasksSql(actor)}`
  return mark ?? null
}

function orderSql(ended: boolean, back: boolean): Prisma.Sql {
  if (ended) return back ? Prisma.sql`ended_at, id` : Prisma.sql`ended_at desc, id desc`
  return back ? Prisma.sql`due_on desc, id desc` : Prisma.sql`due_on, id`
}

/** A task that was open when the page was shown and has ended since leads back to the beginning. */
function beyondSql(ended: boolean, back: boolean, { id, dueOn, endedAt }: Mark): Prisma.Sql {
  if (ended && endedAt === null) return Prisma.sql`true`
  if (ended)
    return back
      ? Prisma.sql`(ended_at, id) > (${endedAt}::timestamptz, ${id})`
      : Prisma.sql`(ended_at, id) < (${endedAt}::timestamptz, ${id})`
  return back ? Prisma.sql`(due_on, id) < (${dueOn}::date, ${id})` : Prisma.sql`(due_on, id) > (${dueOn}::date, ${id})`
}
