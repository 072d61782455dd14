import { Prisma } from '../../../prisma/client/client.ts'
import type {
  CustomerKind,
  CustomerLife,
  CustomerRelation,
  CustomerSource,
  CustomerStanding,
} from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { visibleCustomersSql } from '../policy.ts'
import { veilFields } from '../sensitivity.ts'
import { conditionsSql, matchingSql, namesIn, type Names } from './conditions.ts'
import type { ListQuery } from './forms.ts'
import { beyondSql, orderOf, orderSql, reversed, type Mark, type Order } from './order.ts'

export type CustomerRow = {
  id: bigint
  number: string
  version: number
  name: string
  aliases: string[]
  kind: CustomerKind
  relation: CustomerRelation
  life: CustomerLife
  standing: CustomerStanding
  source: CustomerSource | null
  code: string | null
  phone: string | null
  province: string | null
  city: string | null
  district: string | null
  address: string | null
  owner: { name: string } | null
  department: string | null
  region: string | null
  createdAt: Date
  updatedAt: Date
}

export const pageSize = 25
/** Counting stops here: an exact count of a million rows would cost more than the page (performance.md, trap 4). */
export const countedTo = 1000

export type CustomerList = { rows: CustomerRow[]; earlier: boolean; later: boolean; count: number; names: Names }

/** One page of the customers that match, by keyset: page 3,000 costs what page 1 costs. */
export async function customersFor(actor: Actor, query: ListQuery): Promise<CustomerList> {
  const names = await namesIn([query])
  const mark = await markOf(actor, query.after ?? query.before)
  const back = mark !== null && query.after === undefined
  const order = back ? reversed(orderOf(query)) : orderOf(query)
  const found = await listed(conditionsSql(actor, query, names), order, mark, pageSize + 1)
  const more = found.rows.length > pageSize
  const rows = found.rows.slice(0, pageSize)
  if (back) rows.reverse()
  return { rows, count: found.count, earlier: back ? more : mark !== null, later: back || more, names }
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
  const { rows, count } = await listed(where, orderOf({ sort: 'newest', from: '', to: '' }), null, limit)
  return { rows, total: count }
}

/** Several lists counted at once, each to 1,000. */
export async function countsOf(actor: Actor, queries: ListQuery[]): Promise<number[]> {
  if (queries.length === 0) return []
  const names = await namesIn(queries)
  const counts = queries.map(
    (query) => Prisma.sql`(select count(*)::int from (
      select 1 from customer where ${conditionsSql(actor, query, names)} limit ${countedTo + 1}) as found)`,
  )
  const [row] = await db.$queryRaw<{ counts: number[] }[]>`select array[${Prisma.join(counts)}] as counts`
  return row!.counts
}

/** The customers before and after one, as the list goes; the list need not hold it any more. */
export async function neighboursOf(actor: Actor, query: ListQuery, number: string) {
  const customer = await markOf(actor, number)
  if (!customer) return { previous: null, next: null }
  const where = conditionsSql(actor, query, await namesIn([query]))
  const order = orderOf(query)
  const [before, after] = await Promise.all(
    [reversed(order), order].map(
      (way) => db.$queryRaw<{ number: string; name: string }[]>`
        ${pageSql(where, way, customer, 1)}
        select number, name from page join customer using (id)`,
    ),
  )
  return { previous: before![0] ?? null, next: after![0] ?? null }
}

/** All that match, a thousand at a time, for what reads them to the end: the memory of one page holds any number. */
export async function* everyCustomer(where: Prisma.Sql, query: ListQuery, chunk = 1000): AsyncGenerator<CustomerRow> {
  const order = orderOf(query)
  let mark: Mark | null = null
  do {
    const from: Prisma.Sql = mark ? Prisma.sql`${where} and ${beyondSql(order, mark)}` : where
    const rows: (CustomerRow & Mark)[] = await db.$queryRaw`
      select ${columns} from customer as c where ${from} order by ${orderSql(order)} limit ${chunk}`
    yield* rows.map(seen)
    mark = rows.length === chunk ? rows.at(-1)! : null
  } while (mark)
}

/** The owners of the customers a person sees, for choosing one. */
export function ownersToChoose(actor: Actor): Promise<{ number: string; name: string }[]> {
  return db.$queryRaw`
    select number, name from staff
    where exists (select 1 from customer where owner_id = staff.id and ${visibleCustomersSql(actor)})
    order by pinyin, id limit 500`
}

async function markOf(actor: Actor, number: string | undefined): Promise<Mark | null> {
  if (number === undefined) return null
  const [mark] = await db.$queryRaw<Mark[]>`
    select id, pinyin, created_at as "createdAt", updated_at as "updatedAt" from customer
    where number = ${number} and ${visibleCustomersSql(actor)}`
  return mark ?? null
}

const columns = Prisma.sql`c.id, c.number, c.version, c.name, c.aliases, c.kind::text, c.relation::text, c.life::text,
  c.standing::text, c.source::text, c.code, c.phone, c.province, c.city, c.district, c.address, c.pinyin,
  c.created_at as "createdAt", c.updated_at as "updatedAt",
  (select name from staff where staff.id = c.owner_id) as owner,
  (select name from department where department.id = c.department_id) as department,
  (select name from region where region.id = c.region_id) as region`

type Raw = Omit<CustomerRow, 'owner'> & { owner: string | null }

async function listed(where: Prisma.Sql, order: Order, mark: Mark | null, take: number) {
  const found = await db.$queryRaw<(Raw & { count: number })[]>`
    ${pageSql(where, order, mark, take)}
    select n.n as count, ${columns}
    from n left join page on true left join customer as c on c.id = page.id order by page.at`
  return { count: found[0]!.count, rows: found.filter(({ id }) => id !== null).map(seen) }
}

/** PRV-02: masked before anything else sees it. */
function seen({ owner, ...row }: Raw | CustomerRow): CustomerRow {
  return veilFields({ ...row, owner: typeof owner === 'string' ? { name: owner } : owner })
}

/**
 * `n`, how many match (to 1,000), and `page`, the next few beyond the mark. Up to 1,000 the matches are held and sorted;
 * beyond, an index is walked. Asked plainly for the newest few, the planner walks the whole table as soon as the
 * matches lie far back: 240 ms for 3. Only one branch is ever executed.
 */
function pageSql(where: Prisma.Sql, order: Order, mark: Mark | null, take: number): Prisma.Sql {
  const held = order.key === null ? Prisma.sql`id` : Prisma.sql`id, ${order.key}`
  const beyond = mark === null ? Prisma.sql`true` : beyondSql(order, mark)
  return Prisma.sql`
    with hits as materialized (select ${held} from customer where ${where} limit ${countedTo + 1}),
    n as materialized (select count(*)::int as n from hits),
    page as (select id, row_number() over (order by ${orderSql(order)}) as at from (
      (select * from hits where (select n from n) <= ${countedTo} and ${beyond} order by ${orderSql(order)} limit ${take})
      union all
      (select ${held} from customer where (select n from n) > ${countedTo} and ${where} and ${beyond}
        order by ${orderSql(order)} limit ${take})) as either)`
}
