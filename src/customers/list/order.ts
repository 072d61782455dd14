import { Prisma } from '../../../prisma/client/client.ts'
import type { ListQuery } from './forms.ts'

/** Where a customer stands in any order. */
export type Mark = { id: bigint; pinyin: string; createdAt: Date; updatedAt: Date }

/** One direction over `key` and the number within; `key` null is the number alone. */
export type Order = { key: Prisma.Sql | null; of: (mark: Mark) => string | Date; down: boolean }

const created = Prisma.sql`created_at`
const pinyin = Prisma.sql`pinyin`
const updated = Prisma.sql`updated_at`

/**
 * An order that an index gives. Between two days it is the moment itself that counts: the planner, walking down the
 * numbers, would pass everything newer first.
 */
export function orderOf({ sort, from, to }: Pick<ListQuery, 'sort' | 'from' | 'to'>): Order {
  if (sort === 'name' || sort === 'name_reversed')
    return { key: pinyin, of: (mark) => mark.pinyin, down: sort === 'name_reversed' }
  if (sort === 'changed') return { key: updated, of: (mark) => mark.updatedAt, down: true }
  return { key: from || to ? created : null, of: (mark) => mark.createdAt, down: sort === 'newest' }
}

export const reversed = (order: Order): Order => ({ ...order, down: !order.down })

export function orderSql({ key, down }: Order): Prisma.Sql {
  const way = down ? Prisma.sql`desc` : Prisma.sql`asc`
  return key === null ? Prisma.sql`id ${way}` : Prisma.sql`${key} ${way}, id ${way}`
}

/** What comes after the mark; comparing both columns at once lets the index start there. */
export function beyondSql({ key, of, down }: Order, mark: Mark): Prisma.Sql {
  const than = down ? Prisma.sql`<` : Prisma.sql`>`
  if (key === null) return Prisma.sql`id ${than} ${mark.id}`
  const value = of(mark)
  const typed = typeof value === 'string' ? Prisma.sql`${value}` : Prisma.sql`${value}::timestamptz`
  return Prisma.sql`(${key}, id) ${than} (${typed}, ${mark.id})`
}
