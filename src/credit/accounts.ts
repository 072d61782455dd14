import { Prisma } from '../../prisma/client/client.ts'
import type { CreditMethod } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { waysWithin, withinSql } from '../access/policy.ts'
import type { Act } from '../access/table.ts'
import { dateText } from '../lib/dates.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { dueSql } from './due.ts'

/** The figures that regulation sets, and the server's day, as 2026-11-23. */
export type Bounds = { today: string; window: number; overdue: number }

export async function boundsAt(now: Date): Promise<Bounds> {
  const regulation = await regulationAt(now)
  return {
    today: dateText(now),
    window: regulation.value('credit.window_days'),
    overdue: regulation.value('credit.overdue_days'),
  }
}

/** CRD-01 … CRD-03 of one of many customers, as figure.ts reckons it of one. In fen. */
export type Account = {
  id: bigint
  eligible: boolean
  method: CreditMethod
  fixed: bigint
  limit: bigint
  exposure: bigint
}

/** Days past the day on which goods were due (CRD-05, CRD-17); 0 and less: not yet due. Over the columns of `shipment`. */
const pastSql = ({ today, overdue }: Bounds): Prisma.Sql => Prisma.sql`(${today}::date - ${dueSql(overdue)})`

/** Over `customer_id`: whoever sees some customers alone reads no more of the ledger than theirs. */
export const theirsSql = (actor: Actor, act: Act): Prisma.Sql =>
  waysWithin(actor, act) === null
    ? Prisma.sql`true`
    : Prisma.sql`customer_id in (select id from customer where ${withinSql(actor, act)})`

const owedSql = (where: Prisma.Sql) => Prisma.sql`(coalesce(sum(open) filter (where ${where}), 0) * 100)::bigint`

/**
 * The CTE `exposed`, in fen, of every customer with something open: what is owed by age (CRD-17) and the exposure (CRD-03).
 * `whose`: which customers those are, over `customer_id`.
 */
export function exposedSql(bounds: Bounds, whose: Prisma.Sql): Prisma.Sql {
  const newYear = `${bounds.today.slice(0, 4)}-01-01`
  return Prisma.sql`exposed as materialized (
    select c.id, ${owedSql(Prisma.sql`past <= 0`)} as current, ${owedSql(Prisma.sql`past between 1 and 30`)} as d30,
      ${owedSql(Prisma.sql`past between 31 and 60`)} as d60, ${owedSql(Prisma.sql`past between 61 and 90`)} as d90,
      ${owedSql(Prisma.sql`past > 90`)} as more, ${owedSql(Prisma.sql`past > 0`)} as overdue, ${owedSql(Prisma.sql`true`)} as owed,
      ${owedSql(Prisma.sql`shipped_on < ${newYear}::date`)} as last_year, (sum(counted) * 100)::bigint as exposure,
      coalesce(max(${bounds.today}::date - shipped_on) filter (where past > 0), 0) as overdue_days
    from (
      select customer_id, open, open as counted, shipped_on, ${pastSql(bounds)} as past from shipment where open > 0 and ${whose}
      union all select customer_id, 0, amount, null, null from release where state = 'released' and ${whose}
      union all select m.customer_id, 0, -m.open, null, null from (select * from receipt where open > 0 and ${whose}) m
        left join release f on f.id = m.release_id and f.state = 'held' where f.id is null) d
    join customer c on c.id = d.customer_id where c.withdrawn_at is null group by c.id)`
}

/**
 * CRD-01, CRD-02: rows of `exposed` with what makes an Account of them. `offset 0`: what is found of a customer is looked
 * for once, not wherever it is named.
 */
export const accountsSql = (
  { today, window }: Bounds,
  exposed: Prisma.Sql,
  whose: Prisma.Sql,
): Prisma.Sql => Prisma.sql`(
  select a.*, case when not a.eligible or a.method = 'cash_only' then 0 when a.method = 'fixed' then a.fixed
    else a.shipped end as limit
  from (select e.*, coalesce(t.method::text, 'rolling_30') as method, (coalesce(t.amount, 0) * 100)::bigint as fixed,
      coalesce(w.shipped, 0) as shipped, e.last_year = 0 and c.standing = 'confirmed' and c.life not in ('void', 'lost')
        and exists (select from contract k where k.customer_id = e.id and k.starts_on <= ${today}::date
          and k.ends_on >= ${today}::date and (k.ended_on is null or k.ended_on > ${today}::date))
        and exists (select from archive_item i where i.customer_id = e.id and i.type = 'identity'
          and i.state not in ('disposed', 'given_back')) as eligible
    from ${exposed} e join customer c on c.id = e.id
    left join lateral (select method, amount from credit_terms where customer_id = e.id and state = 'approved'
      and starts_on <= ${today}::date and (ends_on is null or ends_on >= ${today}::date)
      order by starts_on desc, id desc limit 1) t on true
    left join (select customer_id, (sum(net) * 100)::bigint as shipped from shipment where ${whose}
      and shipped_on >= ${today}::date - ${window}::int and shipped_on < ${today}::date group by 1) w on w.customer_id = e.id
    offset 0) a)`

/** CRD-03: those of `exposed` that are over their limit. */
export const overSql = (bounds: Bounds, whose: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(select * from ${accountsSql(bounds, Prisma.sql`(select * from exposed where exposure > 0)`, whose)} b where b.exposure > b.limit)`
