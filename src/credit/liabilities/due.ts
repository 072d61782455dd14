import type { Tx } from '../../db.ts'
import { ask } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { dayOf } from '../../lib/days.ts'

export type Due = { id: bigint; releaseId: bigint }

/** CRD-10: final overrides whose month is over and of which nobody knows yet whether they were paid. */
export const dueBefore = (now: Date): Promise<Due[]> => ask<Due>`
  select o.id, o.release_id as "releaseId" from credit_override o join release r on r.id = o.release_id
  where o.kind = 'final' and o.state = 'approved' and o.settled_at is null and o.valid_on < ${dateText(now)}::date
    and r.state in ('shipped', 'cancelled') order by o.id`

/** Signed, and the goods have not left though their month ends today, or is over. */
export const notShipped = (now: Date): Promise<Due[]> => ask<Due>`
  select o.id, o.release_id as "releaseId" from credit_override o join release r on r.id = o.release_id
  where o.kind = 'final' and o.state = 'approved' and o.settled_at is null and o.valid_on <= ${dateText(now)}::date
    and r.state in ('held', 'released') order by o.id`

/**
 * What of a release's goods had not been paid by the end of a day, in fen, as it is known now: money counts by the day it
 * was received, whenever it was entered, and what was taken back counts as taken back. `booked`: by what that money was
 * allocated to; `oldest`: had all of it paid the oldest goods first, whatever was entered in between.
 */
export async function owedAt(tx: Tx, releaseId: bigint, day: string): Promise<{ booked: number; oldest: number }> {
  const [row] = await tx.$queryRaw<{ booked: bigint; oldest: bigint }[]>`
    with goods as (select id, customer_id, net, shipped_on from shipment where release_id = ${releaseId}),
    upto as (select s.id, s.net from shipment s join goods g on s.customer_id = g.customer_id
      and s.counter_of_id is null and (s.shipped_on, s.id) <= (g.shipped_on, g.id)),
    early as (select m.id, m.net, m.open, m.by_hand, r.id is not null as reserved
      from goods g join receipt m on m.customer_id = g.customer_id and m.counter_of_id is null
        and m.received_on <= ${dayOf(day)}::date
      left join release r on r.id = m.release_id and r.state in ('held', 'released')),
    booked as (select coalesce(sum(a.amount), 0) as sum from allocation a join goods g on g.id = a.shipment_id
      join early e on e.id = a.receipt_id),
    paid as (select coalesce(sum(case when e.by_hand
        then (select coalesce(sum(a.amount), 0) from allocation a join upto u on u.id = a.shipment_id where a.receipt_id = e.id)
        else e.net - case when e.reserved then e.open else 0 end end), 0) as sum from early e)
    select ((g.net - booked.sum) * 100)::bigint as booked,
      (((select sum(net) from upto) - paid.sum) * 100)::bigint as oldest from goods g, booked, paid`
  return { booked: Number(row?.booked ?? 0), oldest: Number(row?.oldest ?? 0) }
}
