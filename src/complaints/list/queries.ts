import type { Actor } from '../../access/actor.ts'
import { scopeKey } from '../../access/scope-key.ts'
import { ask } from '../../db.ts'
import { noteBeyond, wasBeyond } from '../../lib/beyond.ts'
import { visibleComplaintsSql } from '../policy.ts'
import { searchOf } from './address.ts'
import { conditionsSql } from './conditions.ts'
import type { ComplaintListQuery } from './forms.ts'
import { namesIn, type Names } from './names.ts'
import { orderOf, reversed, type Mark, type Order } from './order.ts'
import { countsOfEach, listed } from './listed.ts'
import { countedTo, hitsSql, manySql, type Held } from './pages-sql.ts'
import { waysIn, type ListAct } from './reach.ts'
import { columnsSql, seen, type ComplaintRow } from './rows.ts'
import { waysOfWords } from './seeking.ts'
import { reachesMuch } from './wide.ts'

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

/** What a list holds, with whose eyes it is seen. `wide`: among so many, words are looked up before it is asked who may see. */
export function heldBy(
  actor: Actor,
  query: ComplaintListQuery,
  names: Names,
  now: Date,
  act: ListAct = 'complaints.view',
  wide = false,
): Held {
  const sought = waysOfWords(actor, query.q)
  const ways = wide && sought.length > 0 && query.scope === '' ? [visibleComplaintsSql(actor, act)] : null
  return {
    ways: ways ?? waysIn(actor, query.scope, act),
    conditions: conditionsSql(actor, query, names, now),
    sought,
  }
}

const isWide = async (actor: Actor, queries: Pick<ComplaintListQuery, 'q'>[]) =>
  queries.some(({ q }) => q.trim() !== '') && (await reachesMuch(actor))

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
  const wide = await isWide(actor, [query, ...alongside])
  const held = (one: ComplaintListQuery) => heldBy(actor, one, names, now, 'complaints.view', wide)
  const asked = alongside.filter((one) => !wasBeyond(keyOf(actor, one), now))
  const page = { order, mark, take: pageSize + 1, many: wasBeyond(keyOf(actor, query), now) }
  const found = await listed(held(query), page, asked.map(held))
  for (const [at, one] of [query, ...asked].entries())
    if ([found.count, ...found.counts][at]! > countedTo) noteBeyond(keyOf(actor, one), now)
  const more = found.rows.length > pageSize
  const rows = found.rows.slice(0, pageSize)
  if (back) rows.reverse()
  const [earlier, later] = back ? [more, true] : [mark !== null, more]
  const counts = alongside.map((one) => found.counts[asked.indexOf(one)] ?? countedTo + 1)
  return { rows, count: found.count, counts, earlier, later, names }
}

const keyOf = (actor: Actor, query: ComplaintListQuery) => `complaints ${scopeKey(actor)} ${searchOf(query)}`

/** For the search box: the first matches of all there are, and how many (counted to 1,000). */
export async function findComplaints(actor: Actor, typed: string, limit: number) {
  const sought = waysOfWords(actor, typed)
  if (sought.length === 0) return { rows: [], total: 0 }
  const ways = (await reachesMuch(actor)) ? [visibleComplaintsSql(actor)] : waysIn(actor, '', 'complaints.view')
  const held = { ways, conditions: [], sought }
  const { rows, count } = await listed(held, {
    order: orderOf({ sort: 'newest', state: 'all' }),
    mark: null,
    take: limit,
    many: false,
  })
  return { rows, total: count }
}

/** Several lists counted at once, each to 1,000. */
export async function countsOf(actor: Actor, queries: ComplaintListQuery[], now: Date): Promise<number[]> {
  if (queries.length === 0) return []
  const names = await namesIn(queries)
  return countsOfEach(queries.map((query) => heldBy(actor, query, names, now)))
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
  const one = async (order: Order) => (await listed(held, { order, mark, take: 1, many: false })).rows[0] ?? null
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
