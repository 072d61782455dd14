import { Prisma } from '../../../prisma/client/client.ts'
import type {
  CustomerKind,
  CustomerLife,
  CustomerRelation,
  CustomerSource,
  CustomerStanding,
} from '../../../prisma/client/enums.ts'
import { clockSql, readClock } from '../../deadlines/clock-json.ts'
import type { Tagged } from '../../deadlines/tag.ts'
import { veilFields } from '../sensitivity.ts'
import type { ListColumn } from './listed-columns.ts'
import { beyondSql, orderSql, type Mark, type Order } from './order.ts'

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
  /** Of its confirmation (CUS-05), where the column is asked for. */
  clock: Tagged | null
}

/** Counting stops here: an exact count of a million rows would cost more than the page (performance.md, trap 4). */
export const countedTo = 1000

const always = Prisma.sql`c.id, c.number, c.version, c.name, c.aliases, c.kind::text, c.relation::text, c.life::text,
  c.standing::text, c.source::text, c.code, c.phone, c.province, c.city, c.district, c.address, c.pinyin,
  c.created_at as "createdAt", c.updated_at as "updatedAt",
  (select name from staff where staff.id = c.owner_id) as owner,
  (select name from department where department.id = c.department_id) as department,
  (select name from region where region.id = c.region_id) as region`

/** What a row of the list tells, of `customer as c`. */
export function columnsOf(chosen: readonly ListColumn[]): Prisma.Sql {
  const clock = chosen.includes('due') ? clockSql('customer.confirmation') : Prisma.sql`null`
  return Prisma.sql`${always}, ${clock} as clock`
}

export type Raw = Omit<CustomerRow, 'owner'> & { owner: string | null }

/** PRV-02: masked before anything else sees it. */
export function seen({ owner, clock, ...row }: Raw | CustomerRow): CustomerRow {
  const veiled = veilFields({ ...row, owner: typeof owner === 'string' ? { name: owner } : owner })
  return { ...veiled, clock: clock && readClock(clock) }
}

/**
 * `hits` and `n`, what matches and how many (to 1,000), for `pageSql`. Up to 1,000 the matches are held and sorted;
 * beyond, an index is walked. Asked plainly for the newest few, the planner walks the whole table as soon as the
 * matches lie far back: 240 ms for 3. Counting asks for numbers alone, which many an index holds.
 */
export function hitsSql(where: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    hits as materialized (select id from customer where ${where} limit ${countedTo + 1}),
    n as materialized (select count(*)::int as n from hits)`
}

/** The next few beyond the mark, and their order `at`; only one of the two ways is ever executed. */
export function pageSql(where: Prisma.Sql, order: Order, mark: Mark | null, take: number): Prisma.Sql {
  const held = order.key === null ? Prisma.sql`id` : Prisma.sql`id, ${order.key}`
  const few = order.key === null ? Prisma.sql`hits` : Prisma.sql`hits join customer using (id)`
  const beyond = mark === null ? Prisma.sql`true` : beyondSql(order, mark)
  return Prisma.sql`
    select id, row_number() over (order by ${orderSql(order)}) as at from (
      (select ${held} from ${few} where (select n from n) <= ${countedTo} and ${beyond}
        order by ${orderSql(order)} limit ${take})
      union all
      (select ${held} from customer where (select n from n) > ${countedTo} and ${where} and ${beyond}
        order by ${orderSql(order)} limit ${take})) as either`
}
