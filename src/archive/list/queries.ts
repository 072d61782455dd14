import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { ask } from '../../db.ts'
import { now } from '../../lib/clock.ts'
import { knownSql, visibleItemsSql } from '../policy.ts'
import { conditionsSql, namesIn, titleSql, type Names } from './conditions.ts'
import type { ItemQuery } from './forms.ts'
import { numberIn } from './numbers.ts'
import { beyondSql, orderOf, orderSql, reversed, sortOf, tellsMore, type Mark, type Order } from './order.ts'
import { columnsSql, countedTo, hitsSql, joinsSql, markSql, pageSql, type IndexRow } from './rows.ts'

export { countedTo, type IndexRow }

export const pageSize = 25

export type ItemList = { rows: IndexRow[]; earlier: boolean; later: boolean; count: number; names: Names }

/** ARC-02: one page of the index, by keyset: page 3,000 costs what page 1 costs. */
export async function itemsFor(actor: Actor, query: ItemQuery): Promise<ItemList> {
  const names = await namesIn(actor, [query])
  const mark = await markOf(actor, query)
  const back = mark !== null && query.after === undefined
  const order = back ? reversed(orderOf(sortOf(query))) : orderOf(sortOf(query))
  const found = await listed(actor, conditionsSql(actor, query, names), order, mark, pageSize + 1)
  const more = found.rows.length > pageSize
  const rows = found.rows.slice(0, pageSize)
  if (back) rows.reverse()
  return { rows, count: found.count, earlier: back ? more : mark !== null, later: back || more, names }
}

/** For the search box: by number whatever one may see, by title what one may know; and how many (to 1,000). */
export async function findItems(
  actor: Actor,
  typed: string,
  limit: number,
): Promise<{ rows: IndexRow[]; total: number }> {
  const number = numberIn(typed)
  const words = number ? [] : titleSql(typed)
  if (!number && words.length === 0) return { rows: [], total: 0 }
  const asked = number ? [Prisma.sql`i.number like ${`${number}%`}`] : [...words, knownSql(actor, now())]
  const where = Prisma.join([visibleItemsSql(actor), ...asked], ' and ')
  const { rows, count } = await listed(actor, where, orderOf(number ? 'number' : 'newest'), null, limit)
  return { rows, total: count }
}

/** Several lists counted at once, each to 1,000. */
export async function countsOf(actor: Actor, queries: ItemQuery[]): Promise<number[]> {
  if (queries.length === 0) return []
  const names = await namesIn(actor, queries)
  const counts = queries.map((query) => countSql(conditionsSql(actor, query, names)))
  const [row] = await ask<{ counts: number[] }>`select array[${Prisma.join(counts)}] as counts`
  return row!.counts
}

export const countSql = (where: Prisma.Sql): Prisma.Sql => Prisma.sql`(select count(*)::int from (
  select 1 from archive_item i where ${where} limit ${countedTo + 1}) as found)`

/** All that match, a thousand at a time, for what reads them to the end: the memory of one page holds any number. */
export async function* everyItem(
  actor: Actor,
  where: Prisma.Sql,
  order: Order,
  chunk = 1000,
): AsyncGenerator<IndexRow> {
  let mark: Mark | null = null
  do {
    const from: Prisma.Sql = mark ? Prisma.sql`${where} and ${beyondSql(order, mark)}` : where
    const rows: (IndexRow & Mark)[] = await ask<IndexRow & Mark>`
      select ${columnsSql(actor)}, ${markSql} from archive_item i ${joinsSql}
      where ${from} order by ${orderSql(order)} limit ${chunk}`
    yield* rows.map(plain)
    mark = rows.length === chunk ? rows.at(-1)! : null
  } while (mark)
}

/** Those who keep something in reach, for choosing one. */
export function keepersToChoose(): Promise<{ number: string; name: string }[]> {
  return ask`
    select number, name from staff where exists (select from customer_file where keeper_id = staff.id)
      or exists (select from archive_item where keeper_id = staff.id) order by pinyin, id limit 500`
}

export function roomsToChoose(): Promise<{ id: bigint; name: string }[]> {
  return ask`select id, name from archive_room order by name, id`
}

// Where the order would tell of it, an item one may not know is no place to start from (wish 16).
async function markOf(actor: Actor, query: ItemQuery): Promise<Mark | null> {
  const { after, before } = query
  const number = after ?? before
  if (number === undefined) return null
  const known = tellsMore(sortOf(query)) ? knownSql(actor, now()) : Prisma.sql`true`
  const [mark] = await ask<Mark>`
    select ${markSql} from archive_item i where i.number = ${number} and ${visibleItemsSql(actor)} and ${known}`
  return mark ?? null
}

async function listed(actor: Actor, where: Prisma.Sql, order: Order, mark: Mark | null, take: number) {
  const found = await ask<IndexRow & { count: number }>`
    with ${hitsSql(where)}, page as (${pageSql(where, order, mark, take)})
    select n.n as count, shown.* from n left join (
      select ${columnsSql(actor)}, page.at from page join archive_item i on i.id = page.id ${joinsSql}) as shown on true
    order by shown.at`
  const rows = found.filter(({ id }) => id !== null)
  return { count: found[0]!.count, rows: rows.map(plain) }
}

const plain = ({ id, number, secrecy, keeper, told }: IndexRow): IndexRow => ({ id, number, secrecy, keeper, told })
