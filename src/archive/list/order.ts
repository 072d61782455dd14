import { Prisma } from '../../../prisma/client/client.ts'
import type { ItemQuery, ItemSort } from './forms.ts'
import { numberIn } from './numbers.ts'

/** Where an item stands in any order. */
export type Mark = { id: bigint; number: string; sound: string; day: string }

/** One direction over `key` and the id within; `key` null is the id alone. */
export type Order = { key: Prisma.Sql | null; of: (mark: Mark) => Prisma.Sql; down: boolean }

// As the indexes archive_item_titled and archive_item_dated have them: the title's pinyin is the third line of what is
// searched; what has no date comes before all that has one.
export const soundSql = Prisma.sql`coalesce(nullif(split_part(i.search_text, E'\\n', 3), ''), split_part(i.search_text, E'\\n', 1))`
export const daySql = Prisma.sql`coalesce(i.dated_on, '0001-01-01'::date)`

/**
 * What was begun as a number is listed by number, a period by date: walking down the latest entered, the planner would pass
 * everything else first.
 */
export function sortOf({ sort, q, from, to }: Pick<ItemQuery, 'sort' | 'q' | 'from' | 'to'>): ItemSort {
  if (sort !== 'newest') return sort
  if (numberIn(q)) return 'number'
  return from || to ? 'dated_reversed' : sort
}

/** An order that an index gives. */
export function orderOf(sort: ItemSort): Order {
  const down = sort === 'newest' || sort.endsWith('_reversed')
  if (sort.startsWith('title')) return { key: soundSql, of: ({ sound }) => Prisma.sql`${sound}`, down }
  if (sort.startsWith('dated')) return { key: daySql, of: ({ day }) => Prisma.sql`${day}::date`, down }
  if (sort.startsWith('number')) return { key: Prisma.sql`i.number`, of: ({ number }) => Prisma.sql`${number}`, down }
  return { key: null, of: ({ id }) => Prisma.sql`${id}`, down }
}

/** ARC-02: an order by what one may not know would tell it. */
export const tellsMore = (sort: ItemSort): boolean => sort.startsWith('title') || sort.startsWith('dated')

export const reversed = (order: Order): Order => ({ ...order, down: !order.down })

export function orderSql({ key, down }: Order): Prisma.Sql {
  const way = down ? Prisma.sql`desc` : Prisma.sql`asc`
  return key === null ? Prisma.sql`i.id ${way}` : Prisma.sql`${key} ${way}, i.id ${way}`
}

/** What comes after the mark; comparing both columns at once lets the index start there. */
export function beyondSql({ key, of, down }: Order, mark: Mark): Prisma.Sql {
  const than = down ? Prisma.sql`<` : Prisma.sql`>`
  if (key === null) return Prisma.sql`i.id ${than} ${mark.id}`
  return Prisma.sql`(${key}, i.id) ${than} (${of(mark)}, ${mark.id})`
}
