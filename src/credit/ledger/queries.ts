import { createHash } from 'node:crypto'
import type { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import { db, type Tx } from '../../db.ts'
import { fenOf } from '../../lib/money.ts'
import { NotFound } from '../../lib/refused.ts'
import { customer, type CreditCustomer } from '../queries.ts'
import type { Line } from './rules.ts'

const release = { select: { number: true, state: true } } satisfies Prisma.Shipment$releaseArgs
const counters = { orderBy: { id: 'asc' } } as const

const ofShipment = {
  customer,
  release,
  contract: { select: { number: true } },
  counterOf: { select: { number: true } },
  counters,
} satisfies Prisma.ShipmentInclude
const ofReceipt = {
  customer,
  release,
  counterOf: { select: { number: true } },
  counters,
} satisfies Prisma.ReceiptInclude

/** A document with what its page tells, and the place where its customer lies. Money as decimal yuan. */
export type ShipmentOf = Prisma.ShipmentGetPayload<{ include: typeof ofShipment }> & Place
export type ReceiptOf = Prisma.ReceiptGetPayload<{ include: typeof ofReceipt }> & Place
type Place = { ownerId: bigint | null; departmentId: bigint | null; regionId: bigint | null }

/** The only way to a shipment: who may not see the customer's credit does not learn of it. */
export async function shipmentFor(actor: Actor, number: string): Promise<ShipmentOf> {
  return seen(actor, await db.shipment.findUnique({ where: { number: number.toUpperCase() }, include: ofShipment }))
}

export async function receiptFor(actor: Actor, number: string): Promise<ReceiptOf> {
  return seen(actor, await db.receipt.findUnique({ where: { number: number.toUpperCase() }, include: ofReceipt }))
}

function seen<D extends { customer: CreditCustomer }>(actor: Actor, found: D | null): D & Place {
  if (!found || found.customer.withdrawnAt || !may(actor, 'credit.view', found.customer)) throw new NotFound()
  const { ownerId, departmentId, regionId } = found.customer
  return { ...found, ownerId, departmentId, regionId }
}

/** The document that is known under a number, as far as this person may see it. */
export async function knownUnder(actor: Actor, kind: 'shipment' | 'receipt', document: string | undefined) {
  const text = document?.trim()
  if (!text) return null
  const args = { where: { document: text }, select: { number: true, customer } }
  const found = kind === 'shipment' ? await db.shipment.findUnique(args) : await db.receipt.findUnique(args)
  return found && may(actor, 'credit.view', found.customer) ? { number: found.number, name: found.customer.name } : null
}

export type Allocated = { number: string; on: string; amount: string; way: 'oldest' | 'hand' }

/** What money pays a shipment, or which shipments a receipt pays: what stands now, each once. */
export async function allocationsOf(of: { shipmentId: bigint } | { receiptId: bigint }): Promise<Allocated[]> {
  if ('shipmentId' in of)
    return db.$queryRaw`
      select m.number, to_char(m.received_on, 'YYYY-MM-DD') as on, sum(a.amount)::text as amount,
        (array_agg(a.way::text order by a.id desc))[1] as way
      from allocation a join receipt m on m.id = a.receipt_id where a.shipment_id = ${of.shipmentId}
      group by m.id having sum(a.amount) <> 0 order by m.received_on, m.id`
  return db.$queryRaw`
    select s.number, to_char(s.shipped_on, 'YYYY-MM-DD') as on, sum(a.amount)::text as amount,
      (array_agg(a.way::text order by a.id desc))[1] as way
    from allocation a join shipment s on s.id = a.shipment_id where a.receipt_id = ${of.receiptId}
    group by s.id having sum(a.amount) <> 0 order by s.shipped_on, s.id`
}

export type OpenLine = Line & { id: bigint; on: string; net: number; goods: string | null }
/** The form offers no more at once beside those already paid: who has more open documents pays the oldest first. */
export const mostLines = 200
export const everyLine = 1_000_000

type Row = { id: bigint; number: string; on: string; net: string; open: string; mine: string; fixed: boolean }

/** CRD-16: what the money of a receipt pays, or can pay: the oldest first. */
export async function openLines(
  client: Pick<Tx, '$queryRaw'>,
  { id, customerId, releaseId }: { id: bigint; customerId: bigint; releaseId: bigint | null },
  most = mostLines,
): Promise<OpenLine[]> {
  const rows = await client.$queryRaw<(Row & { goods: string | null })[]>`
    select id, number, "on", net, open, goods, mine, fixed from (select s.id, s.number,
      to_char(s.shipped_on, 'YYYY-MM-DD') as on, s.net::text, s.open::text, s.goods,
      coalesce(a.mine, 0)::text as mine, coalesce(s.release_id = ${releaseId}::bigint, false) as fixed, a.mine is null as new,
      row_number() over (partition by a.mine is null order by s.shipped_on, s.id) as at
    from shipment s left join (
      select shipment_id, sum(amount) as mine from allocation where receipt_id = ${id}
      group by shipment_id having sum(amount) <> 0) a on a.shipment_id = s.id
    where s.customer_id = ${customerId} and s.counter_of_id is null and (s.open > 0 or a.mine is not null)) as lines
    where not new or at <= ${most}`
  return rows
    .map(({ net, open, mine, ...row }) => ({ ...row, net: fenOf(net), open: fenOf(open), mine: fenOf(mine) }))
    .toSorted((one, other) => one.on.localeCompare(other.on) || Number(one.id - other.id))
}

type Standing = { net: { toFixed: (n: number) => string }; open: { toFixed: (n: number) => string } }
/** How documents stood when a form was opened: whoever comes second is told. */
export const stampOf = ({ net, open }: Standing, lines: readonly Line[] = []): string =>
  createHash('sha256')
    .update([net.toFixed(2), open.toFixed(2), ...lines.map((one) => `${one.number} ${one.open} ${one.mine}`)].join(';'))
    .digest('hex')
    .slice(0, 16)

/** The customer's releases that money can be received for (CRD-09). */
export const heldReleases = (customerId: bigint) =>
  db.release.findMany({
    where: { customerId, state: 'held' },
    orderBy: { id: 'asc' },
    select: { id: true, number: true, goods: true, amount: true, short: true },
    take: 100,
  })

export const nameOf = async (staffId: bigint): Promise<string> =>
  (await db.staff.findUnique({ where: { id: staffId }, select: { name: true } }))?.name ?? ''
