import { Prisma } from '../../prisma/client/client.ts'
import type { CreditMethod } from '../../prisma/client/enums.ts'

/** The figures that regulation sets, and the server's day, as 2026-11-23. */
export type Bounds = { today: string; window: number; overdue: number }

/** CRD-01 … CRD-03 of many customers at once, as figure.ts reckons it of one. In yuan, as text. */
export type Account = {
  id: bigint
  eligible: boolean
  method: CreditMethod
  fixed: string
  limit: string
  exposure: string
}

/** Days past the day on which goods were due (CRD-05, CRD-17); 0 and less: not yet due. Over the columns of `shipment`. */
export const pastSql = ({ today, overdue }: Bounds): Prisma.Sql =>
  Prisma.sql`(${today}::date - shipped_on - least(coalesce(term_days, ${overdue}::int), ${overdue}::int))`

/**
 * Rows of Account for the customers in `base`, which has their `id`, what they owe (`owed`) and what of it is of earlier
 * years (`last_year`). `only`: which customers those are, over `customer_id`, so that few are read by their indexes.
 */
export function accountsSql({ today, window }: Bounds, base: Prisma.Sql, only: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    select a.*, case when not a.eligible or a.method = 'cash_only' then 0 when a.method = 'fixed' then a.fixed
      else a.shipped end as limit
    from (select b.id, coalesce(t.method::text, 'rolling_30') as method, coalesce(t.amount, 0) as fixed,
        coalesce(w.shipped, 0) as shipped, b.owed + coalesce(r.released, 0) - coalesce(p.free, 0) as exposure,
        c.life not in ('void', 'lost') and c.withdrawn_at is null and c.standing = 'confirmed' and b.last_year = 0
          and i.customer_id is not null and k.customer_id is not null as eligible
      from ${base} b join customer c on c.id = b.id
      left join (select customer_id, sum(net) as shipped from shipment where ${only}
        and shipped_on >= ${today}::date - ${window}::int and shipped_on < ${today}::date group by 1) w on w.customer_id = b.id
      left join (select customer_id, sum(amount) as released from release where ${only} and state = 'released' group by 1) r
        on r.customer_id = b.id
      left join (select m.customer_id, sum(m.open) as free from (select * from receipt where ${only} and open > 0) m
        left join release f on f.id = m.release_id and f.state = 'held' where f.id is null group by 1) p on p.customer_id = b.id
      left join (select distinct on (customer_id) customer_id, method, amount from credit_terms where ${only}
        and state = 'approved' and starts_on <= ${today}::date and (ends_on is null or ends_on >= ${today}::date)
        order by customer_id, starts_on desc, id desc) t on t.customer_id = b.id
      left join (select distinct customer_id from archive_item where ${only} and type = 'identity'
        and state not in ('disposed', 'given_back')) i on i.customer_id = b.id
      left join (select distinct customer_id from contract where ${only} and starts_on <= ${today}::date
        and ends_on >= ${today}::date and (ended_on is null or ended_on > ${today}::date)) k on k.customer_id = b.id) a`
}
