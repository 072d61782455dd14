import { Prisma } from '../../prisma/client/client.ts'

/** Where a customer's figure is read from; each stands in place of its table. */
export type Sources = {
  shipments: Prisma.Sql
  receipts: Prisma.Sql
  releases: Prisma.Sql
  /** Of what may not have been recorded, signed or filed yet: a condition. */
  confirmed: Prisma.Sql
  filed: Prisma.Sql
  recorded: Prisma.Sql
  signed: Prisma.Sql
}

/** As it stands: `net`, `open` and `state` are kept by the database. */
const standing: Sources = {
  shipments: Prisma.sql`shipment`,
  receipts: Prisma.sql`receipt`,
  releases: Prisma.sql`release`,
  confirmed: Prisma.sql`true`,
  filed: Prisma.sql`true`,
  recorded: Prisma.sql`true`,
  signed: Prisma.sql`true`,
}

/**
 * CRD-17: as it was known before a moment: documents recorded, money allocated, releases checked, contracts and terms
 * signed until then. Null: now.
 */
export function sourcesAt(customerIds: readonly bigint[], until: Date | null): Sources {
  if (until === null) return standing
  return {
    shipments: shipmentsUntil(customerIds, until),
    receipts: receiptsUntil(customerIds, until),
    releases: releasesUntil(customerIds, until),
    confirmed: Prisma.sql`confirmed_at < ${until}::timestamptz`,
    filed: Prisma.sql`created_at < ${until}::timestamptz`,
    recorded: Prisma.sql`recorded_at < ${until}::timestamptz`,
    signed: Prisma.sql`signed_at < ${until}::timestamptz`,
  }
}

const shipmentsUntil = (customerIds: readonly bigint[], until: Date) => Prisma.sql`(
  select d.id, d.number, d.customer_id, d.counter_of_id, d.amount, d.shipped_on, d.term_days, d.goods,
    case when d.counter_of_id is null then d.amount + coalesce(c.sum, 0) else 0 end as net,
    case when d.counter_of_id is null then d.amount + coalesce(c.sum, 0) - coalesce(p.sum, 0) else 0 end as open
  from shipment d
  left join (select counter_of_id as id, sum(amount) from shipment
    where customer_id = any(${customerIds}::bigint[]) and recorded_at < ${until}::timestamptz group by 1) c on c.id = d.id
  left join (select a.shipment_id as id, sum(a.amount) from allocation a join shipment s on s.id = a.shipment_id
    where s.customer_id = any(${customerIds}::bigint[]) and a.at < ${until}::timestamptz group by 1) p on p.id = d.id
  where d.customer_id = any(${customerIds}::bigint[]) and d.recorded_at < ${until}::timestamptz)`

const receiptsUntil = (customerIds: readonly bigint[], until: Date) => Prisma.sql`(
  select d.id, d.number, d.customer_id, d.counter_of_id, d.amount, d.received_on, d.release_id, d.way,
    case when d.counter_of_id is null then d.amount + coalesce(c.sum, 0) else 0 end as net,
    case when d.counter_of_id is null then d.amount + coalesce(c.sum, 0) - coalesce(p.sum, 0) else 0 end as open
  from receipt d
  left join (select counter_of_id as id, sum(amount) from receipt
    where customer_id = any(${customerIds}::bigint[]) and recorded_at < ${until}::timestamptz group by 1) c on c.id = d.id
  left join (select a.receipt_id as id, sum(a.amount) from allocation a join receipt m on m.id = a.receipt_id
    where m.customer_id = any(${customerIds}::bigint[]) and a.at < ${until}::timestamptz group by 1) p on p.id = d.id
  where d.customer_id = any(${customerIds}::bigint[]) and d.recorded_at < ${until}::timestamptz)`

/** By the checks: the last one let it out or held it; what was asked for may have been reduced since. */
const releasesUntil = (customerIds: readonly bigint[], until: Date) => Prisma.sql`(
  select r.id, r.number, r.customer_id, r.goods, k.at as released_at, coalesce(w.amount, r.amount) as amount,
    case when r.cancelled_at < ${until}::timestamptz then 'cancelled' when r.shipped_at < ${until}::timestamptz then 'shipped'
      when k.passed then 'released' else 'held' end::release_state as state
  from release r
  left join lateral (select passed, at from release_check where release_id = r.id and at < ${until}::timestamptz
    order by id desc limit 1) k on true
  left join lateral (select amount from release_check where release_id = r.id and at < ${until}::timestamptz
    and step <> 'shipping' order by id desc limit 1) w on true
  where r.customer_id = any(${customerIds}::bigint[]) and r.requested_at < ${until}::timestamptz)`
