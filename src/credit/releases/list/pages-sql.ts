import { Prisma } from '../../../../prisma/client/client.ts'
import type { ReleaseListQuery } from './forms.ts'

/** Counting stops here: an exact count of a million rows would cost more than the page (performance.md, trap 4). */
export const countedTo = 1000

export type Order = { down: boolean; back: boolean }
export const orderOf = ({ sort }: Pick<ReleaseListQuery, 'sort'>): Order => ({ down: sort !== 'oldest', back: false })
export const reversed = (order: Order): Order => ({ ...order, back: !order.back })

/** What the list holds: `ways` by which releases come in, and conditions that each must meet. */
export type Held = { ways: Prisma.Sql[]; conditions: Prisma.Sql[] }

const all = (parts: Prisma.Sql[]) => (parts.length > 0 ? Prisma.join(parts, ' and ') : Prisma.sql`true`)
const together = (parts: Prisma.Sql[]) => Prisma.join(parts, ' union ')
const wayOf = ({ down, back }: Order) => (down === back ? Prisma.sql`asc` : Prisma.sql`desc`)

function beyondSql({ down, back }: Order, mark: bigint | null): Prisma.Sql[] {
  if (mark === null) return []
  return [down === back ? Prisma.sql`release.id > ${mark}` : Prisma.sql`release.id < ${mark}`]
}

/** What matches, to a thousand and one. */
export function hitsSql({ ways, conditions }: Held): Prisma.Sql {
  const each = ways.map(
    (way) => Prisma.sql`(select id from release where ${all([way, ...conditions])} limit ${countedTo + 1})`,
  )
  return Prisma.sql`select id from (${together(each)}) as found limit ${countedTo + 1}`
}

/** One page: each way is walked in the list's order, no further than it needs. */
export function pageSql({ ways, conditions }: Held, order: Order, mark: bigint | null, take: number): Prisma.Sql {
  const each = ways.map(
    (way) => Prisma.sql`(select id from release where ${all([way, ...beyondSql(order, mark), ...conditions])}
      order by id ${wayOf(order)} limit ${take})`,
  )
  return Prisma.sql`select id, row_number() over (order by id ${wayOf(order)}) as at from (${together(each)}) as many
    order by at limit ${take}`
}
