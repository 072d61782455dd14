import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import type { Placed } from '../access/policy.ts'
import { normaliseName } from '../customers/names.ts'
import { visibleCustomers } from '../customers/policy.ts'
import { customerFor, type Customer } from '../customers/queries.ts'
import { parseCustomerNumber, customerNumber } from '../customers/rules.ts'
import { db, type Db, type Tx } from '../db.ts'
import { NotFound, Refused } from '../lib/refused.ts'
import { sideOf, type LinkSide, type StoredLink } from './rules.ts'

const end = { select: { id: true, number: true, name: true } } satisfies Prisma.CustomerDefaultArgs
const columns = { id: true, kind: true, fromId: true, toId: true, note: true, from: end, to: end }
type Row = Prisma.CustomerLinkGetPayload<{ select: typeof columns }>

export type Other = { id: bigint; number: string; name: string }
/** A link as it looks from one of its ends. */
export type Link = { id: bigint; side: LinkSide; other: Other; note: string | null }
export type LinkOf = Placed & { customer: Customer; link: Link }

/** The links of a customer from its side; those whose other end the actor may not see are not there. */
export async function linksFor(actor: Actor, customer: { id: bigint }): Promise<Link[]> {
  const rows = await db.customerLink.findMany({
    where: visibleLinks(actor, customer.id),
    orderBy: [{ kind: 'asc' }, { id: 'asc' }],
    select: columns,
  })
  return rows.map((row) => seenFrom(row, customer.id))
}

/** The only way to a link: by a customer it belongs to, with both ends in sight. */
export async function linkFor(actor: Actor, number: string, id: string): Promise<LinkOf> {
  const customer = await customerFor(actor, number)
  const { ownerId, departmentId, regionId } = customer
  return { ownerId, departmentId, regionId, customer, link: await linkIn(db, actor, customer.id, id) }
}

export async function linkIn(
  tx: Pick<Db, 'customerLink'>,
  actor: Actor,
  customerId: bigint,
  id: bigint | string,
): Promise<Link> {
  if (!/^\d{1,18}$/u.test(String(id))) throw new NotFound()
  const where = { AND: [{ id: BigInt(id) }, visibleLinks(actor, customerId)] }
  const row = await tx.customerLink.findFirst({ where, select: columns })
  if (!row) throw new NotFound()
  return seenFrom(row, customerId)
}

/** CUS-12: the customer that was typed, by number or by its exact name, among those the actor sees. */
export async function otherNamed(tx: Pick<Db, 'customer'>, actor: Actor, typed: string): Promise<Other> {
  const number = parseCustomerNumber(typed)
  const names = (['organisation', 'person'] as const).map((kind) => normaliseName(typed, kind))
  // The core has an index, the name has none.
  const named = {
    core: { in: names.map(({ core }) => core) },
    name: { in: [typed, ...names.map(({ shown }) => shown)] },
  }
  const where = number ? { number: customerNumber(number.year, number.serial) } : named
  const found = await tx.customer.findMany({ where: { AND: [where, visibleCustomers(actor)] }, take: 2, ...end })
  if (found.length === 1) return found[0]!
  const reason = found.length === 0 ? 'links:refused.unknown' : 'links:refused.several'
  throw new Refused([{ rule: 'CUS-12', reason, field: 'other', params: { text: typed } }])
}

/** Links of this kind that stand between the two already, whichever way. */
export function linksBetween(tx: Tx, { kind, fromId, toId }: StoredLink) {
  const ways = [
    { fromId, toId },
    { fromId: toId, toId: fromId },
  ]
  return tx.customerLink.findMany({ where: { kind, removedAt: null, OR: ways }, select: { fromId: true, toId: true } })
}

/** Everyone above a customer: parents, their parents, and so on. */
export async function parentsAbove(tx: Tx, id: bigint): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    with recursive above (id) as (
      select to_id from customer_link where from_id = ${id} and kind = 'parent' and removed_at is null
      union
      select l.to_id from customer_link l join above on l.from_id = above.id
      where l.kind = 'parent' and l.removed_at is null)
    select id from above`
  return rows.map((row) => row.id)
}

function visibleLinks(actor: Actor, id: bigint): Prisma.CustomerLinkWhereInput {
  const visible = visibleCustomers(actor)
  return {
    removedAt: null,
    OR: [
      { fromId: id, to: visible },
      { toId: id, from: visible },
    ],
  }
}

function seenFrom(row: Row, id: bigint): Link {
  return { id: row.id, side: sideOf(row, id), other: row.fromId === id ? row.to : row.from, note: row.note }
}
