import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { ask } from '../../db.ts'
import { visibleCustomersSql } from '../policy.ts'
import { conditionsSql, matchingSql, namesIn, type Names } from './conditions.ts'
import type { ListQuery } from './forms.ts'
import type { ListColumn } from './listed-columns.ts'
import { beyondSql, orderOf, orderSql, reversed, type Mark, type Order } from './order.ts'
import { columnsOf, countedTo, hitsSql, pageSql, seen, type CustomerRow, type Raw } from './rows.ts'

export { countedTo, type CustomerRow }

export const pageSize = 25

export type CustomerList = {
  rows: CustomerRow[]
  earlier: boolean
  later: boolean
  count: number
  /** Of the lists that were to be counted alongside. */
  counts: number[]
  names: Names
}

/** One page of the customers that match, by keyset: page 3,000 costs what page 1 costs. */
export async function customersFor(actor: Actor, query: ListQuery, alongside: ListQuery[] = []): Promise<CustomerList> {
  const names = await namesIn([query, ...alongside])
  const mark = await markOf(actor, query.after ?? query.before)
  const back = mark !== null && query.after === undefined
  const order = back ? reversed(orderOf(query)) : orderOf(query)
  const counts = countsSql(actor, alongside, names)
  const where = conditionsSql(actor, query, names)
  const found = await listed(where, order, mark, { take: pageSize + 1, columns: query.cols }, counts)
  const more = found.rows.length > pageSize
  const rows = found.rows.slice(0, pageSize)
  if (back) rows.reverse()
  return {
    rows,
    count: found.count,
    counts: found.counts,
    earlier: back ? more : mark !== null,
    later: back || more,
    names,
  }
}

/** For the search box: the newest matches, and how many there are (counted to 1,000). */
export async function findCustomers(
  actor: Actor,
  typed: string,
  limit: number,
): Promise<{ rows: CustomerRow[]; total: number }> {
  const words = matchingSql(typed)
  if (words.length === 0) return { rows: [], total: 0 }
  const where = Prisma.join([visibleCustomersSql(actor), ...words], ' and ')
  const { rows, count } = await listed(where, orderOf({ sort: 'newest', from: '', to: '' }), null, {
    take: limit,
    columns: [],
  })
  return { rows, total: count }
}

/** Several lists counted at once, each to 1,000. */
export async function countsOf(actor: Actor, queries: ListQuery[]): Promise<number[]> {
  if (queries.length === 0) return []
  const names = await namesIn(queries)
  const [row] = await ask<{ counts: number[] }>`select ${countsSql(actor, queries, names)} as counts`
  return row!.counts
}

/** The customers before and after one, as the list goes; the list need not hold it any more. */
export async function neighboursOf(actor: Actor, query: ListQuery, number: string) {
  const customer = await markOf(actor, number)
  if (!customer) return { previous: null, next: null }
  const where = conditionsSql(actor, query, await namesIn([query]))
  const order = orderOf(query)
  const found = await ask<{ side: string; number: string; name: string }>`
    with ${hitsSql(where)}, before as (${pageSql(where, reversed(order), customer, 1)}),
      after as (${pageSql(where, order, customer, 1)})
    select 'before' as side, number, name from before join customer using (id)
    union all select 'after', number, name from after join customer using (id)`
  const at = (side: string) => found.find((one) => one.side === side) ?? null
  return { previous: at('before'), next: at('after') }
}

/** All that match, a thousand at a time, for what reads them to the end: the memory of one page holds any number. */
export async function* everyCustomer(where: Prisma.Sql, query: ListQuery, chunk = 1000): AsyncGenerator<CustomerRow> {
  const order = orderOf(query)
  let mark: Mark | null = null
  do {
    const from: Prisma.Sql = mark ? Prisma.sql`${where} and ${beyondSql(order, mark)}` : where
    const rows: (CustomerRow & Mark)[] = await ask<CustomerRow & Mark>`
      select ${columnsOf(query.cols)} from customer as c where ${from} order by ${orderSql(order)} limit ${chunk}`
    yield* rows.map(seen)
    mark = rows.length === chunk ? rows.at(-1)! : null
  } while (mark)
}

/** The owners of the customers a person sees, for choosing one. */
export function ownersToChoose(actor: Actor): Promise<{ number: string; name: string }[]> {
  return ask`
    select number, name from staff
    where exists (select 1 from customer where owner_id = staff.id and ${visibleCustomersSql(actor)})
    order by pinyin, id limit 500`
}

async function markOf(actor: Actor, number: string | undefined): Promise<Mark | null> {
  if (number === undefined) return null
  const [mark] = await ask<Mark>`
    select id, pinyin, created_at as "createdAt", updated_at as "updatedAt" from customer
    where number = ${number} and ${visibleCustomersSql(actor)}`
  return mark ?? null
}

function countsSql(actor: Actor, queries: ListQuery[], names: Names): Prisma.Sql {
  const counts = queries.map(
    (query) => Prisma.sql`(select count(*)::int from (
      select 1 from customer where ${conditionsSql(actor, query, names)} limit ${countedTo + 1}) as found)`,
  )
  return counts.length > 0 ? Prisma.sql`array[${Prisma.join(counts)}]` : noCounts
}
const noCounts = Prisma.sql`array[]::int[]`

type Wanted = { take: number; columns: readonly ListColumn[] }
async function listed(where: Prisma.Sql, order: Order, mark: Mark | null, wanted: Wanted, counts = noCounts) {
  const found = await ask<Raw & { count: number; counts: number[] }>`
    with ${hitsSql(where)}, page as (${pageSql(where, order, mark, wanted.take)})
    select n.n as count, ${counts} as counts, ${columnsOf(wanted.columns)}
    from n left join page on true left join customer as c on c.id = page.id order by page.at`
  return { count: found[0]!.count, counts: found[0]!.counts, rows: found.filter(({ id }) => id !== null).map(seen) }
}
