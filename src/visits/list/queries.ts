import type { Actor } from '../../access/actor.ts'
import { countsByAddress } from '../../access/counted.ts'
import { ask } from '../../db.ts'
import { visibleVisitsSql } from '../policy.ts'
import { searchOf } from './address.ts'
import { conditionsSql } from './conditions.ts'
import type { VisitListQuery } from './forms.ts'
import { namesIn, type Names } from './names.ts'
import {
  countedTo,
  fewSql,
  hitsSql,
  manySql,
  orderOf,
  reversed,
  type Held,
  type Mark,
  type Order,
} from './pages-sql.ts'
import { waysIn, type ListAct } from './reach.ts'
import { columnsSql, joinsSql, type VisitRow } from './rows.ts'
import { soughtSql } from './seeking.ts'

export { countedTo, type VisitRow }

export const pageSize = 25

export type VisitList = {
  rows: VisitRow[]
  earlier: boolean
  later: boolean
  count: number
  names: Names
}

/** What a list holds, with whose eyes it is seen. */
export function heldBy(
  actor: Actor,
  query: VisitListQuery,
  names: Names,
  now: Date,
  act: ListAct = 'visits.view',
): Held {
  return {
    ways: waysIn(actor, query.scope, act),
    conditions: [...conditionsSql(actor, query, names, now), ...soughtSql(query.q)],
  }
}

/** One page of the visits that match, by keyset: page 3,000 costs what page 1 costs. */
export async function visitsFor(actor: Actor, query: VisitListQuery, now: Date): Promise<VisitList> {
  const names = await namesIn([query])
  const mark = await markOf(actor, query.after ?? query.before)
  const back = mark !== null && query.after === undefined
  const order = back ? reversed(orderOf(query)) : orderOf(query)
  const found = await listed(heldBy(actor, query, names, now), order, mark, pageSize + 1)
  const more = found.rows.length > pageSize
  const rows = found.rows.slice(0, pageSize)
  if (back) rows.reverse()
  const [earlier, later] = back ? [more, true] : [mark !== null, more]
  return { rows, count: found.count, earlier, later, names }
}

/** For the search box: the first matches of all there are, and how many (counted to 1,000). */
export async function findVisits(actor: Actor, typed: string, limit: number) {
  const conditions = soughtSql(typed)
  if (conditions.length === 0) return { rows: [], total: 0 }
  const held = { ways: waysIn(actor, '', 'visits.view'), conditions }
  const { rows, count } = await listed(held, orderOf({ sort: 'newest' }), null, limit)
  return { rows, total: count }
}

/** Several lists counted at once, each to 1,000. */
export async function countsOf(actor: Actor, queries: VisitListQuery[], now: Date): Promise<number[]> {
  if (queries.length === 0) return []
  const names = await namesIn(queries)
  const addressOf = (query: VisitListQuery) => `visits ${searchOf(query)}`
  const lists = queries.map((query) => [addressOf(query), hitsSql(heldBy(actor, query, names, now))] as const)
  const of = await countsByAddress(actor, new Map(lists), now)
  return queries.map((query) => of(addressOf(query)))
}

/** How many a list holds, to 1,000. */
export async function countHeld(held: Held): Promise<number> {
  const [row] = await ask<{ n: number }>`select count(*)::int as n from (${hitsSql(held)}) as found`
  return row!.n
}

/** All that match, a thousand at a time, for what reads them to the end: the memory of one page holds any number. */
export async function* everyVisit(held: Held, query: VisitListQuery, chunk = 1000): AsyncGenerator<VisitRow> {
  const order = orderOf(query)
  let mark: Mark | null = null
  do {
    const rows: VisitRow[] = await walked(held, order, mark, chunk)
    yield* rows
    mark = rows.length === chunk ? rows.at(-1)! : null
  } while (mark)
}

async function markOf(actor: Actor, number: string | undefined): Promise<Mark | null> {
  if (number === undefined) return null
  const [mark] = await ask<Mark>`
    select id, starts_at as "startsAt" from visit where number = ${number} and ${visibleVisitsSql(actor)}`
  return mark ?? null
}

type Listed = { rows: VisitRow[]; count: number }

/** Few are counted and sorted in one go; only where there are many an index is walked, by a statement of its own. */
async function listed(held: Held, order: Order, mark: Mark | null, take: number): Promise<Listed> {
  const few = await ask<VisitRow & { count: number }>`
    with hits as materialized (${hitsSql(held)}), n as materialized (select count(*)::int as n from hits),
      page as (${fewSql(order, mark, take)})
    select n.n as count, ${columnsSql}
    from n left join page on true left join visit on visit.id = page.id ${joinsSql} order by page.at`
  const { count } = few[0]!
  if (count <= countedTo) return { count, rows: few.filter(({ id }) => id !== null) }
  return { count, rows: await walked(held, order, mark, take) }
}

const walked = (held: Held, order: Order, mark: Mark | null, take: number) =>
  ask<VisitRow>`
    with page as (${manySql(held, order, mark, take)})
    select ${columnsSql} from page join visit on visit.id = page.id ${joinsSql} order by page.at`
