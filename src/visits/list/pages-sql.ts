import { Prisma } from '../../../prisma/client/client.ts'
import type { VisitListQuery } from './forms.ts'

/** Counting stops here: an exact count of a million rows would cost more than the page (performance.md, trap 4). */
export const countedTo = 1000

/** Where a visit stands in the order of days. */
export type Mark = { id: bigint; startsAt: Date }
export type Order = { down: boolean; back: boolean }

export const orderOf = ({ sort }: Pick<VisitListQuery, 'sort'>): Order => ({ down: sort !== 'oldest', back: false })
export const reversed = (order: Order): Order => ({ ...order, back: !order.back })

/** What the list holds: `ways` by which visits come in, and conditions that each must meet. */
export type Held = { ways: Prisma.Sql[]; conditions: Prisma.Sql[] }

const all = (parts: Prisma.Sql[]) => (parts.length > 0 ? Prisma.join(parts, ' and ') : Prisma.sql`true`)
const together = (parts: Prisma.Sql[]) => Prisma.join(parts, ' union ')
const wayOf = ({ down, back }: Order) => (down === back ? Prisma.sql`asc` : Prisma.sql`desc`)

const orderSql = (order: Order) => Prisma.sql`starts_at ${wayOf(order)}, id ${wayOf(order)}`

function beyondSql({ down, back }: Order, mark: Mark | null): Prisma.Sql[] {
  if (mark === null) return []
  const than = down === back ? Prisma.sql`>` : Prisma.sql`<`
  return [Prisma.sql`(starts_at, id) ${than} (${mark.startsAt}::timestamptz, ${mark.id})`]
}

/** What matches, to a thousand and one: each way by its own index, which nothing but its order makes the planner take. */
export function hitsSql({ ways, conditions }: Held): Prisma.Sql {
  const order = conditions.length === 0 ? Prisma.sql`order by starts_at desc, id desc` : Prisma.empty
  const each = ways.map(
    (way) => Prisma.sql`(select id from visit where ${all([way, ...conditions])} ${order} limit ${countedTo + 1})`,
  )
  return Prisma.sql`select id from (${together(each)}) as found limit ${countedTo + 1}`
}

/** Of few that match, all are sorted: those beyond the mark. */
export function fewSql(order: Order, mark: Mark | null, take: number): Prisma.Sql {
  const where = all([Prisma.sql`(select n from n) <= ${countedTo}`, ...beyondSql(order, mark)])
  return Prisma.sql`
    select id, row_number() over (order by ${orderSql(order)}) as at from hits join visit using (id)
    where ${where} order by at limit ${take}`
}

/** Of many, each way is walked in the list's order, no further than one page needs. */
export function manySql({ ways, conditions }: Held, order: Order, mark: Mark | null, take: number): Prisma.Sql {
  const each = ways.map(
    (way) => Prisma.sql`(select id, starts_at from visit where ${all([way, ...beyondSql(order, mark), ...conditions])}
      order by ${orderSql(order)} limit ${take})`,
  )
  return Prisma.sql`
    select id, row_number() over (order by ${orderSql(order)}) as at from (${together(each)}) as many
    order by at limit ${take}`
}
