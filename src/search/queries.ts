import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { countedTo, findCustomers } from '../customers/list/queries.ts'
import { placeOf } from '../customers/placing.ts'
import { visibleCustomers } from '../customers/policy.ts'
import { termOf, type Look } from '../customers/search.ts'
import { db } from '../db.ts'
import type { Findable } from './reasons.ts'

const customerColumns = {
  id: true,
  number: true,
  kind: true,
  name: true,
  aliases: true,
  plates: true,
  code: true,
  phone: true,
  morePhones: true,
  province: true,
  city: true,
  district: true,
  address: true,
  owner: { select: { name: true } },
  contacts: { where: { removedAt: null }, select: { name: true, phones: true } },
  addresses: { where: { removedAt: null }, select: { province: true, city: true, district: true, address: true } },
} satisfies Prisma.CustomerSelect

export type FoundCustomer = Findable & { owner: string | null; place: string }

/** The newest customers that match and how many there are, with all that they can have been found by. */
export async function foundCustomers(actor: Actor, typed: string, limit: number) {
  const { rows, total } = await findCustomers(actor, typed, limit)
  const ids = rows.map(({ id }) => id)
  const full = await db.customer.findMany({ where: { id: { in: ids } }, select: customerColumns })
  const byId = new Map(full.map((one) => [one.id, one]))
  return { total, hits: ids.flatMap((id) => (byId.has(id) ? [findable(byId.get(id)!)] : [])) }
}

const contactColumns = {
  id: true,
  name: true,
  post: true,
  phones: true,
  customer: { select: { number: true, name: true, owner: { select: { name: true } } } },
} satisfies Prisma.ContactSelect
export type FoundContact = Prisma.ContactGetPayload<{ select: typeof contactColumns }>

/** CUS-14: contacts found by their own name or telephone, of customers that the actor may see. */
export async function foundContacts(actor: Actor, typed: string, limit: number) {
  const words = termOf(typed).words.map((looks) => looks.flatMap(lookedUp))
  if (words.length === 0 || words.some((ways) => ways.length === 0)) return { total: 0, hits: [] }
  const where = { removedAt: null, AND: words.map((OR) => ({ OR })), customer: visibleCustomers(actor) }
  // Held by id, as the list does it: asked for the newest few, the planner walks the whole table from its end.
  const found = await db.contact.findMany({ where, take: countedTo + 1, select: { id: true } })
  const newest = found.map(({ id }) => id).toSorted((one, other) => (one < other ? 1 : -1))
  const hits = await db.contact.findMany({
    where: { id: { in: newest.slice(0, limit) } },
    orderBy: { id: 'desc' },
    select: contactColumns,
  })
  return { total: found.length, hits }
}

// The patterns of search.ts are escaped and stand between `%`; Prisma adds its own, so theirs are taken off.
function lookedUp(look: Look): Prisma.ContactWhereInput[] {
  if (look.in === 'phones') return [{ phoneDigits: { contains: look.like.slice(1, -1) } }]
  if (look.in !== 'names') return []
  const grams = { grams: { hasEvery: look.grams } }
  return [look.like === null ? grams : { ...grams, searchText: { contains: look.like.slice(1, -1) } }]
}

type Full = Prisma.CustomerGetPayload<{ select: typeof customerColumns }>

function findable({ owner, phone, morePhones, addresses, ...customer }: Full): FoundCustomer {
  const places = [customer, ...addresses].map((at) => [placeOf(at), at.address].filter(Boolean).join(' '))
  return {
    ...customer,
    owner: owner?.name ?? null,
    phones: phone ? [phone, ...morePhones] : morePhones,
    places: places.filter(Boolean),
    place: [customer.city ?? customer.province, customer.district].filter(Boolean).join(' '),
  }
}
