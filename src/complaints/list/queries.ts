import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { ask } from '../../db.ts'
import { visibleComplaintsSql } from '../policy.ts'
import { conditionsSql } from './conditions.ts'
import type { ComplaintListQuery } from './forms.ts'
import { namesIn, type Names } from './names.ts'
import { orderOf, reversed, type Mark, type Order } from './order.ts'
import { countedTo, fewSql, hitsSql, manySql, type Held } from './pages-sql.ts'
import { waysIn, type ListAct } from './reach.ts'
import { columnsSql, seen, type ComplaintRow } from './rows.ts'
import { waysOfWords } from './seeking.ts'

export { countedTo, type ComplaintRow }

export const pageSize = 25

export type ComplaintList = {
  rows: ComplaintRow[]
  earlier: boolean
  later: boolean
  count: number
  /** Of the lists that were to be counted alongside. */
  counts: number[]
  names: Names
}

/** What a list holds, with whose eyes it is seen. */
export function heldBy(
  actor: Actor,
  query: ComplaintListQuery,
  names: Names,
  now: Date,
  act: ListAct = 'complaints.view',
): Held {
  return {
    ways: waysIn(actor, query.scope, act),
    conditions: conditionsSql(actor, query, names, now),
    sought: waysOfWords(actor, query.q),
  }
}

/** One page of the complaints that match, by keyset: page 3,000 costs what page 1 costs. */
export async function complaintsFor(
  actor: Actor,
  query: ComplaintListQuery,
  now: Date,
  alongside: ComplaintListQuery[] = [],
): Promise<ComplaintList> {
  const names = await namesIn([query, ...alongside])
  const mark = await markOf(actor, query.after ?? query.before)
  const back = mark !== null && query.after === undefined
  const order = back ? reversed(orderOf(query)) : orderOf(query)
  const counts = countsSql(alongside.map((one) => heldBy(actor, one, names, now)))
  const found = await listed(heldBy(actor, query, names, now), order, mark, pageSize + 1, counts)
  const more = found.rows.length > pageSize
  const rows = found.rows.slice(0, pageSize)
  if (back) rows.reverse()
  const [earlier, later] = back ? [more, true] : [mark !== null, more]
  return { rows, count: found.count, counts: found.counts, earlier, later, names }
}

/** For the search box: the first matches of all there are, and how many (counted to 1,000). */
export async function findComplaints(actor: Actor, typed: string, limit: number) {
  const sought = waysOfWords(actor, typed)
  if (sought.length === 0) return { rows: [], total: 0 }
  const held = { ways: waysIn(actor, '', 'complaints.view'), conditions: [], sought }
  const { rows, count } = await listed(held, orderOf({ sort: 'newest', state: 'all' }), null, limit, noCounts)
  return { rows, total: count }
}

/** Several lists counted at once, each to 1,000. */
export async function countsOf(actor: Actor, queries: ComplaintListQuery[], now: Date): Promise<number[]> {
  if (queries.length === 0) return []
  const names = await namesIn(queries)
  const [row] = await ask<{ counts: number[] }>`
    select ${countsSql(queries.map((query) => heldBy(actor, query, names, now)))} as counts`
  return row!.counts
}

/** How many a list holds, to 1,000. */
export async function countHeld(held: Held): Promise<number> {
  const [row] = await ask<{ n: number }>`select count(*)::int as n from (${hitsSql(held)}) as found`
  return row!.n
}

/** The complaints before and after one, as the list goes; the list need not hold it any more. */
export async function neighboursOf(actor: Actor, query: ComplaintListQuery, number: string, now: Date) {
  const mark = await markOf(actor, number)
  if (!mark) return { previous: null, next: null }
  const held = heldBy(actor, query, await namesIn([query]), now)
  const one = async (order: Order) => (await listed(held, order, mark, 1, noCounts)).rows[0] ?? null
  const [previous, next] = await Promise.all([one(reversed(orderOf(query))), one(orderOf(query))])
  return { previous, next }
}

/** All that match, a thousand at a time, for what reads them to the end: the memory of one page holds any number. */
export async function* everyComplaint(
  held: Held,
  query: ComplaintListQuery,
  chunk = 1000,
): AsyncGenerator<ComplaintRow> {
  const order = orderOf(query)
  let mark: Mark | null = null
  do {
    const rows: ComplaintRow[] = await ask<ComplaintRow>`
      with page as (${manySql(held, order, mark, chunk)})
      select ${columnsSql} from page join complaint c using (id) left join customer k on k.id = c.customer_id
      order by page.at`
    yield* rows.map(seen)
    mark = rows.length === chunk ? rows.at(-1)! : null
  } while (mark)
}

async function markOf(actor: Actor, number: string | undefined): Promise<Mark | null> {
  if (number === undefined) return null
  const [mark] = await ask<Mark>`
    select id, priority, due_at as "dueAt", received_at as "receivedAt", closed_at as "closedAt" from complaint
    where number = ${number} and ${visibleComplaintsSql(actor)}`
  return mark ?? null
}

const noCounts = Prisma.sql`array[]::int[]`
function countsSql(lists: Held[]): Prisma.Sql {
  const counts = lists.map((held) => Prisma.sql`(select count(*)::int from (${hitsSql(held)}) as found)`)
  return counts.length > 0 ? Prisma.sql`array[${Prisma.join(counts)}]` : noCounts
}

type Listed = { rows: ComplaintRow[]; count: number; counts: number[] }
type Raw = ComplaintRow & { count: number; counts: number[] }

/** Few are counted and sorted in one go; only where there are many an index is walked, by a statement of its own. */
async function listed(held: Held, order: Order, mark: Mark | null, take: number, counts: Prisma.Sql): Promise<Listed> {
  const few = await ask<Raw>`
    with hits as materialized (${hitsSql(held)}), n as materialized (select count(*)::int as n from hits),
      page as (${fewSql(order, mark, take)})
    select n.n as count, ${counts} as counts, ${columnsSql}
    from n left join page on true left join complaint c on c.id = page.id left join customer k on k.id = c.customer_id
    order by page.at`
  const { count, counts: others } = few[0]!
  if (count <= countedTo) return { count, counts: others, rows: few.filter(({ id }) => id !== null).map(seen) }
  const rows = await ask<ComplaintRow>`
    with page as (${manySql(held, order, mark, take)})
    select ${columnsSql} from page join complaint c using (id) left join customer k on k.id = c.customer_id
    order by page.at`
  return { count, counts: others, rows: rows.map(seen) }
}
