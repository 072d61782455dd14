import type { Tx } from '../db.ts'

/**
 * CRD-16: what is received and free pays what is owed, the oldest first on both sides. Money for a release that is still
 * under way, and money that is allocated by hand alone, is left. The account is held.
 */
export async function allocateOldest(tx: Tx, customerId: bigint, byId: bigint, now: Date): Promise<void> {
  await tx.$executeRaw`
    with owed as (
      select id, open, sum(open) over (order by shipped_on, id) - open as before from shipment
      where customer_id = ${customerId} and open > 0),
    paid as (
      select m.id, m.open, sum(m.open) over (order by m.received_on, m.id) - m.open as before from receipt m
      left join release r on r.id = m.release_id and r.state in ('held', 'released')
      where m.customer_id = ${customerId} and m.open > 0 and not m.by_hand and r.id is null)
    insert into allocation (receipt_id, shipment_id, amount, way, at, by_id)
    select paid.id, owed.id,
      least(paid.before + paid.open, owed.before + owed.open) - greatest(paid.before, owed.before),
      'oldest', ${now}::timestamptz, ${byId}
    from owed join paid on paid.before < owed.before + owed.open and owed.before < paid.before + paid.open
    order by owed.before, paid.before`
}

/** CRD-09: what was received for a release pays the goods that went out on it. */
export async function allocateReserved(
  tx: Tx,
  { releaseId, shipmentId }: { releaseId: bigint; shipmentId: bigint },
  byId: bigint,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    with paid as (
      select id, open, sum(open) over (order by received_on, id) - open as before from receipt
      where release_id = ${releaseId} and open > 0)
    insert into allocation (receipt_id, shipment_id, amount, way, at, by_id)
    select paid.id, s.id, least(paid.open, s.open - paid.before), 'oldest', ${now}::timestamptz, ${byId}
    from paid, shipment s where s.id = ${shipmentId} and paid.before < s.open`
}

/** Takes back what of one document is allocated, by lines below zero: before it is countered, or allocated anew. */
export async function freeDocument(
  tx: Tx,
  about: { receiptId: bigint } | { shipmentId: bigint },
  byId: bigint,
  now: Date,
): Promise<void> {
  const [receipt, shipment] = 'receiptId' in about ? [about.receiptId, null] : [null, about.shipmentId]
  await tx.$executeRaw`
    insert into allocation (receipt_id, shipment_id, amount, way, at, by_id)
    select receipt_id, shipment_id, -sum(amount), 'hand', ${now}::timestamptz, ${byId} from allocation
    where receipt_id = ${receipt} or shipment_id = ${shipment}
    group by receipt_id, shipment_id having sum(amount) <> 0`
}
