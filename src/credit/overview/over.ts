import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { waysWithin, withinSql } from '../../access/policy.ts'
import { ask } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { dayOf } from '../../lib/days.ts'
import { regulationAt } from '../../regulations/in-force.ts'

/** A customer over its limit. Money in fen. */
export type Over = {
  number: string
  name: string
  owner: string | null
  limit: number
  exposure: number
  overdue: number
  /** How many days the oldest overdue is owed; 0 while none is. */
  overdueDays: number
  /** For how many days it has been over, by the documents' dates. */
  days: number
}
export type OverLimit = { rows: Over[]; count: number; overdue: number; overdueCount: number }

/** No further back is looked. */
export const mostDays = 90
type Row = { [K in keyof Over]: Over[K] extends number ? bigint : Over[K] } & Total
type Total = { count: number; overdueSum: bigint; overdueCount: number }

/**
 * CRD-03, wish 59: of the customers that this person sees those whose exposure is over their limit, the furthest first;
 * each by the same figure as figure.ts, all of them in one go.
 */
export async function overLimit(actor: Actor, most: number, now: Date): Promise<OverLimit> {
  const regulation = await regulationAt(now)
  const [window, late] = [regulation.value('credit.window_days'), regulation.value('credit.overdue_days')]
  const day = dayOf(dateText(now))
  const rows = await ask<Row>`
    with ${exposedSql(actor, { day, late })},
      shipped as (select customer_id, sum(net) as sum from shipment
        where shipped_on >= ${day}::date - ${window}::int and shipped_on < ${day}::date
          and customer_id in (select id from exposed where exposure > 0) group by 1),
      judged as (select e.*, ${limitSql(day)} as lim from exposed e left join shipped s on s.customer_id = e.id),
      listed as (select * from judged where exposure > lim order by exposure - lim desc, id limit ${most}),
      total as (select (select count(*) from judged where exposure > lim)::int as count,
        (select (coalesce(sum(overdue), 0) * 100)::bigint from exposed) as "overdueSum",
        (select count(*) from exposed where overdue > 0)::int as "overdueCount")
    select total.*, c.number, c.name, o.name as owner, (l.lim * 100)::bigint as limit, (l.exposure * 100)::bigint as exposure,
      (l.overdue * 100)::bigint as overdue, l."overdueDays"::bigint, ${daysSql({ day, window })} as days
    from total left join listed l on true left join customer c on c.id = l.id left join staff o on o.id = c.owner_id
    order by l.exposure - l.lim desc, l.id`
  const { count, overdueSum, overdueCount } = rows[0]!
  const found = rows.filter(({ number }) => number !== null)
  return { rows: found.map(asOver), count, overdue: Number(overdueSum), overdueCount }
}

const asOver = ({ number, name, owner, ...row }: Row): Over => ({
  number,
  name,
  owner,
  limit: Number(row.limit),
  exposure: Number(row.exposure),
  overdue: Number(row.overdue),
  overdueDays: Number(row.overdueDays),
  days: Number(row.days),
})

/** Whoever sees some customers alone reads no more of the ledger than theirs. */
const mine = (actor: Actor) =>
  waysWithin(actor, 'credit.view') === null
    ? Prisma.sql`customer_id is not null`
    : Prisma.sql`customer_id in (select id from customer where ${withinSql(actor, 'credit.view')})`

/** id, exposure, last_year, overdue, "overdueDays": of everybody whom something is owed by or released to. */
const exposedSql = (actor: Actor, { day, late }: { day: Date; late: number }) => Prisma.sql`
  owed as (
    select customer_id, sum(open) as owed, coalesce(sum(open) filter (where shipped_on < date_trunc('year', ${day}::date)), 0) as last_year,
      coalesce(sum(open) filter (where due < ${day}::date), 0) as overdue,
      coalesce(max(${day}::date - shipped_on) filter (where due < ${day}::date), 0) as "overdueDays"
    from (select customer_id, open, shipped_on, shipped_on + least(coalesce(term_days, ${late}::int), ${late}::int) as due
      from shipment where open > 0 and ${mine(actor)}) s group by customer_id),
  let_out as (select customer_id, sum(amount) as sum from release where state = 'released' and ${mine(actor)} group by 1),
  paid as (select m.customer_id, sum(m.open) as sum from receipt m left join release f on f.id = m.release_id and f.state = 'held'
    where m.open > 0 and f.id is null and m.${mine(actor)} group by 1),
  exposed as (
    select c.id, coalesce(o.owed, 0) + coalesce(r.sum, 0) - coalesce(p.sum, 0) as exposure, coalesce(o.last_year, 0) as last_year,
      coalesce(o.overdue, 0) as overdue, coalesce(o."overdueDays", 0) as "overdueDays",
      c.standing = 'confirmed' and c.life not in ('void', 'lost') as sound
    from owed o full join let_out r on r.customer_id = o.customer_id
    join customer c on c.id = coalesce(o.customer_id, r.customer_id) left join paid p on p.customer_id = c.id
    where c.withdrawn_at is null
      and ${withinSql(actor, 'credit.view', { owner: Prisma.sql`c.owner_id`, department: Prisma.sql`c.department_id`, region: Prisma.sql`c.region_id` })})`

/** CRD-01, CRD-02; of `e`, with what was shipped in the window in `s`. */
const limitSql = (day: Date) => Prisma.sql`case when exposure <= 0 then 0
  when not sound or last_year > 0 or not exists (select from contract k where k.customer_id = e.id
      and k.starts_on <= ${day}::date and k.ends_on >= ${day}::date and (k.ended_on is null or k.ended_on > ${day}::date))
    or not exists (select from archive_item i where i.customer_id = e.id and i.type = 'identity'
      and i.state not in ('disposed', 'given_back')) then 0
  else coalesce((select case method when 'fixed' then amount when 'cash_only' then 0 else coalesce(s.sum, 0) end
    from credit_terms t where t.customer_id = e.id and t.state = 'approved' and t.starts_on <= ${day}::date
      and (t.ends_on is null or t.ends_on >= ${day}::date) order by t.starts_on desc, t.id desc limit 1), s.sum, 0) end`

/** Back to the last day on which what was owed, by the documents' dates, was within the limit of that day. */
const daysSql = ({ day, window }: { day: Date; window: number }) => Prisma.sql`(
  select coalesce(min(d.ago) filter (where not d.over), ${mostDays})::bigint from (
    select x.ago, l.exposure - sum(x.went) over later + sum(x.came) over later >
      case when l.lim = 0 then 0 else sum(x.net) over (order by x.ago desc rows between ${window}::int preceding and 1 preceding) end as over
    from (
      select g.ago, coalesce(s.went, 0) as went, coalesce(s.net, 0) as net, coalesce(m.came, 0) as came
      from generate_series(0, ${mostDays + 1}::int + ${window}::int) g(ago)
      left join (select ${day}::date - shipped_on as ago, sum(amount) as went, sum(net) as net from shipment
        where customer_id = l.id and shipped_on >= ${day}::date - ${mostDays + 1}::int - ${window}::int group by 1) s on s.ago = g.ago
      left join (select ${day}::date - received_on as ago, sum(amount) as came from receipt
        where customer_id = l.id and received_on >= ${day}::date - ${mostDays + 1}::int group by 1) m on m.ago = g.ago) x
    window later as (order by x.ago rows between unbounded preceding and 1 preceding)) d
  where d.ago between 1 and ${mostDays})`
