import { Prisma } from '../../../prisma/client/client.ts'
import { endedStates } from '../states.ts'
import type { ComplaintListQuery } from './forms.ts'

/** Where a complaint stands in any order. */
export type Mark = { id: bigint; priority: number; dueAt: Date | null; receivedAt: Date; closedAt: Date | null }

type Key = 'due' | 'received' | 'closed'
/** CMP-16: grade A stands `first`, unless the list holds ended ones only. */
export type Order = { first: boolean; key: Key; down: boolean; back: boolean }

const columns = {
  due: Prisma.sql`due_at`,
  received: Prisma.sql`received_at`,
  closed: Prisma.sql`closed_at`,
} as const
const valueIn = (mark: Mark, key: Key) =>
  key === 'due' ? mark.dueAt : key === 'received' ? mark.receivedAt : mark.closedAt

export function orderOf(query: Pick<ComplaintListQuery, 'sort' | 'state'>): Order {
  const first = !onlyEnded(query.state)
  const sort = query.sort || usualSort(query.state)
  if (sort === 'due') return { first, key: 'due', down: false, back: false }
  if (sort === 'closed') return { first, key: 'closed', down: true, back: false }
  return { first, key: 'received', down: sort === 'newest', back: false }
}

/** What is open goes by what is due next, anything else by the newest. */
export const usualSort = (state: ComplaintListQuery['state']) => (state === '' ? 'due' : 'newest')

const onlyEnded = (state: ComplaintListQuery['state']) =>
  Array.isArray(state) && state.every((one) => (endedStates as readonly string[]).includes(one))

export const reversed = (order: Order): Order => ({ ...order, back: !order.back })

/**
 * The order falls into classes, one after the other, within each of which one index gives the order: grade A and the
 * rest, those with the moment and those without.
 */
type Class = { priority: 0 | 1 | null; empty: boolean }

export function classesOf({ first, key, back }: Order): Class[] {
  const moments = key === 'received' ? [false] : [false, true]
  const classes = (first ? ([0, 1] as const) : [null]).flatMap((priority) =>
    moments.map((empty): Class => ({ priority, empty })),
  )
  return back ? classes.toReversed() : classes
}

export function classSql({ key }: Order, { priority, empty }: Class): Prisma.Sql {
  const graded = priority === null ? [] : [priority === 0 ? Prisma.sql`priority = 0` : Prisma.sql`priority = 1`]
  const timed =
    key === 'received' ? [] : [empty ? Prisma.sql`${columns[key]} is null` : Prisma.sql`${columns[key]} is not null`]
  const parts = [...graded, ...timed]
  return parts.length > 0 ? Prisma.join(parts, ' and ') : Prisma.sql`true`
}

/** The order within a class, as the indexes have it: also where the moment is none. */
export function withinSql(order: Order): Prisma.Sql {
  const way = order.down === order.back ? Prisma.sql`asc` : Prisma.sql`desc`
  return Prisma.sql`${columns[order.key]} ${way}, id ${way}`
}

/** The order of rows that tell their class `c` and their moment `k`. */
export function acrossSql(order: Order): Prisma.Sql {
  const way = order.down === order.back ? Prisma.sql`asc` : Prisma.sql`desc`
  return Prisma.sql`c, k ${way}, id ${way}`
}

export const keySql = (order: Order): Prisma.Sql => columns[order.key]

/** What of a class lies beyond the mark: all of it, nothing, or from the mark on. */
export function beyondSql(order: Order, one: Class, mark: Mark | null): Prisma.Sql {
  if (mark === null) return Prisma.sql`true`
  const value = valueIn(mark, order.key)
  const classes = classesOf(order)
  const at = classes.findIndex(
    ({ priority, empty }) => (priority === null || priority === mark.priority) && empty === (value === null),
  )
  const place = classes.findIndex(({ priority, empty }) => priority === one.priority && empty === one.empty)
  if (place !== at) return place > at ? Prisma.sql`true` : Prisma.sql`false`
  const than = order.down === order.back ? Prisma.sql`>` : Prisma.sql`<`
  if (value === null) return Prisma.sql`id ${than} ${mark.id}`
  return Prisma.sql`(${columns[order.key]}, id) ${than} (${value}::timestamptz, ${mark.id})`
}
