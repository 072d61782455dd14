import type { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import type { ListQuery } from './forms.ts'
import { visibleCustomers } from '../policy.ts'
import { termOf, type Look } from '../search.ts'
import { veilFields } from '../sensitivity.ts'

const rowColumns = {
  id: true,
  number: true,
  name: true,
  kind: true,
  code: true,
  phone: true,
  province: true,
  city: true,
  district: true,
  address: true,
  createdAt: true,
  owner: { select: { name: true } },
} satisfies Prisma.CustomerSelect
export type CustomerRow = Prisma.CustomerGetPayload<{ select: typeof rowColumns }>

export const pageSize = 25
/** Counting stops here: an exact count of a million rows would cost more than the page (performance.md, trap 4). */
export const countedTo = 1000

export type CustomerList = { rows: CustomerRow[]; earlier: boolean; later: boolean; count: number }

/** One page of the customers that match, by keyset: page 3,000 costs what page 1 costs. */
export async function customersFor(actor: Actor, query: ListQuery): Promise<CustomerList> {
  const { where, count } = await counted({ AND: [visibleCustomers(actor), ...conditions(actor, query)] }, query.q)
  const mark = query.after ?? query.before
  const at = mark ? await db.customer.findUnique({ where: { number: mark }, select: { id: true, pinyin: true } }) : null
  const back = at !== null && query.after === undefined
  const found = await db.customer.findMany({
    where: at ? { AND: [where, beyond(query.sort, at, back)] } : where,
    orderBy: order(query.sort, back),
    take: pageSize + 1,
    select: rowColumns,
  })
  const more = found.length > pageSize
  const rows = found.slice(0, pageSize)
  if (back) rows.reverse()
  return { rows: rows.map(veilFields), count, earlier: back ? more : at !== null, later: back ? true : more }
}

/**
 * Counts what matches, to 1,000. Up to there the matches of a search are held by id: sorting them is cheap, while the
 * planner, asked for the newest few, walks the whole table by date as soon as the matches lie far back (240 ms of 3).
 */
async function counted(where: Prisma.CustomerWhereInput, typed: string) {
  if (typed === '') return { where, count: await db.customer.count({ where, take: countedTo + 1 }) }
  const found = await db.customer.findMany({ where, take: countedTo + 1, select: { id: true } })
  if (found.length > countedTo) return { where, count: found.length }
  return { where: { id: { in: found.map(({ id }) => id) } }, count: found.length }
}

function conditions(actor: Actor, { q, kind, held }: ListQuery): Prisma.CustomerWhereInput[] {
  return [
    ...matching(q),
    ...(kind ? [{ kind }] : []),
    ...(held === 'mine' ? [{ ownerId: actor.id }] : []),
    ...(held === 'pool' ? [{ ownerId: null }] : []),
  ]
}

function order(sort: ListQuery['sort'], back: boolean): Prisma.CustomerOrderByWithRelationInput[] {
  if (sort === 'newest') return [{ id: back ? 'asc' : 'desc' }]
  return [{ pinyin: back ? 'desc' : 'asc' }, { id: back ? 'desc' : 'asc' }]
}

// The bound on the first column lets the index start there; a plain OR reads the index from its beginning.
function beyond(sort: ListQuery['sort'], { id, pinyin }: { id: bigint; pinyin: string }, back: boolean) {
  if (sort === 'newest') return { id: back ? { gt: id } : { lt: id } }
  return back
    ? { pinyin: { lte: pinyin }, OR: [{ pinyin: { lt: pinyin } }, { id: { lt: id } }] }
    : { pinyin: { gte: pinyin }, OR: [{ pinyin: { gt: pinyin } }, { id: { gt: id } }] }
}

/** CUS-14: every word typed must be found in one of the ways it can be meant. */
function matching(typed: string): Prisma.CustomerWhereInput[] {
  return termOf(typed).words.map((looks) => (looks.length === 1 ? looked(looks[0]!) : { OR: looks.map(looked) }))
}

// The patterns of search.ts are escaped and end in `%`; Prisma adds its own, so theirs are taken off.
function looked(look: Look): Prisma.CustomerWhereInput {
  if (look.in === 'phones') return { phoneDigits: { contains: look.like.slice(1, -1) } }
  if (look.in === 'numbers') return { number: { startsWith: look.like.slice(0, -1) } }
  if (look.in === 'codes') return { code: { startsWith: look.like.slice(0, -1) } }
  const grams = { grams: { hasEvery: look.grams } }
  return look.like === null ? grams : { ...grams, searchText: { contains: look.like.slice(1, -1) } }
}

/** For the search box: the newest matches, and how many there are (counted to 1,000). */
export async function findCustomers(
  actor: Actor,
  typed: string,
  limit: number,
): Promise<{ rows: CustomerRow[]; total: number }> {
  const words = matching(typed)
  if (words.length === 0) return { rows: [], total: 0 }
  const { where, count } = await counted({ AND: [visibleCustomers(actor), ...words] }, typed)
  const rows = await db.customer.findMany({ where, orderBy: { id: 'desc' }, take: limit, select: rowColumns })
  return { rows: rows.map(veilFields), total: count }
}
