import { Prisma } from '../../../../prisma/client/client.ts'
import type { Actor } from '../../../access/actor.ts'
import { ask } from '../../../db.ts'
import { conditionsSql, heldForSql } from './conditions.ts'
import type { ReleaseListQuery } from './forms.ts'
import { namesIn, type Names } from './names.ts'
import { countedTo, hitsSql, orderOf, pageSql, reversed, type Held, type Order } from './pages-sql.ts'
import { seenSql, waysIn, type ListAct } from './reach.ts'
import { columnsSql, heldSinceSql, joinsSql, type ReleaseRow } from './rows.ts'
import { soughtSql } from './seeking.ts'

export { countedTo, type ReleaseRow }

export const pageSize = 25

export type ReleaseList = {
  rows: ReleaseRow[]
  earlier: boolean
  later: boolean
  count: number
  names: Names
}

/** What a list holds, with whose eyes it is seen. */
export function heldBy(
  actor: Actor,
  query: ReleaseListQuery,
  names: Names,
  now: Date,
  act: ListAct = 'credit.view',
): Held {
  return {
    ways: waysIn(actor, act),
    conditions: [...conditionsSql(actor, query, names, now), ...soughtSql(query.q)],
  }
}

/** One page of the releases that match, by keyset: page 3,000 costs what page 1 costs. */
export async function releasesFor(actor: Actor, query: ReleaseListQuery, now: Date): Promise<ReleaseList> {
  const names = await namesIn([query])
  const mark = await markOf(actor, query.after ?? query.before)
  const back = mark !== null && query.after === undefined
  const order = back ? reversed(orderOf(query)) : orderOf(query)
  const held = heldBy(actor, query, names, now)
  const [found, count] = await Promise.all([walked(held, order, mark, pageSize + 1), countHeld(held)])
  const more = found.length > pageSize
  const rows = found.slice(0, pageSize)
  if (back) rows.reverse()
  const [earlier, later] = back ? [more, true] : [mark !== null, more]
  return { rows, count, earlier, later, names }
}

/** Several lists counted at once, each to 1,000. */
export async function countsOf(actor: Actor, queries: ReleaseListQuery[], now: Date): Promise<number[]> {
  if (queries.length === 0) return []
  const names = await namesIn(queries)
  const counts = queries.map(
    (query) => Prisma.sql`(select count(*)::int from (${hitsSql(heldBy(actor, query, names, now))}) as found)`,
  )
  const [row] = await ask<{ counts: number[] }>`select array[${Prisma.join(counts)}] as counts`
  return row!.counts
}

/** How many a list holds, to 1,000. */
export async function countHeld(held: Held): Promise<number> {
  const [row] = await ask<{ n: number }>`select count(*)::int as n from (${hitsSql(held)}) as found`
  return row!.n
}

/** All that match, a thousand at a time, for what reads them to the end. */
export async function* everyRelease(held: Held, query: ReleaseListQuery, chunk = 1000): AsyncGenerator<ReleaseRow> {
  const order = orderOf(query)
  let mark: bigint | null = null
  do {
    const rows: ReleaseRow[] = await walked(held, order, mark, chunk)
    yield* rows
    mark = rows.length === chunk ? rows.at(-1)!.id : null
  } while (mark)
}

async function markOf(actor: Actor, number: string | undefined): Promise<bigint | null> {
  if (number === undefined) return null
  const [mark] = await ask<{ id: bigint }>`select id from release where number = ${number} and ${seenSql(actor)}`
  return mark?.id ?? null
}

const walked = (held: Held, order: Order, mark: bigint | null, take: number) =>
  ask<ReleaseRow>`
    with page as (${pageSql(held, order, mark, take)})
    select ${columnsSql} from page join release on release.id = page.id ${joinsSql} order by page.at`

/** Held for so many days, a release may have been forgotten. */
export const longHeldDays = 3
export type LongHeld = { count: number; number: string; customer: string; since: Date; holds: string[] }

/** Wish 52: for the first page: held for three days and more, of this person's customers or requests, the oldest. */
export async function longHeldFor(actor: Actor, now: Date): Promise<LongHeld | null> {
  const where = Prisma.sql`(owner_id = ${actor.id} or requested_by_id = ${actor.id}) and ${seenSql(actor)}
    and ${heldForSql(longHeldDays, now)}`
  const [found] = await ask<LongHeld>`
    select count(*) over ()::int as count, release.number, k.name as customer, release.holds,
      ${heldSinceSql} as since
    from release ${joinsSql} where release.id in (select id from release where ${where}) order by release.id limit 1`
  return found ?? null
}
