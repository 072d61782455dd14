import { Prisma } from '../../../prisma/client/client.ts'
import type {
  ComplaintLevel,
  ContractKind,
  CooperationMode,
  CreditDecision,
  OverrideKind,
} from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { visibleComplaintsSql } from '../../complaints/policy.ts'
import { ask } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { monthAfter, monthOf } from '../../lib/months.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { dueSql } from '../due.ts'
import { usedSql } from '../guarantees/queries.ts'

export type Month = { month: string; shipped: string; received: string }
/** Still owed by how long it is past the day it was due; money as decimal yuan. */
export type Ageing = { current: string; d30: string; d60: string; d90: string; older: string }
export type Past = {
  kind: OverrideKind
  month: string
  amount: string
  release: string
  by: string
  /** CRD-10: what was unpaid when its month ended; null: not told yet, or not a final one. */
  unpaid: string | null
  settled: boolean
  /** Of the goods that went out on it. */
  shipped: boolean
  cancelled: boolean
  open: string | null
  late: boolean
}
type Contract = { number: string; kind: ContractKind; endsOn: string; termDays: number }
type Plan = { number: string; dueOn: string; amount: string }

const months = 12

/** CRD-19: what was shipped and received in each of the last twelve months, this one the first. */
export function monthsOf(customerId: bigint, now: Date): Promise<Month[]> {
  const last = monthOf(now)
  const first = monthAfter(last, 1 - months)
  const [from, until] = [`${first}-01`, `${monthAfter(last, 1)}-01`]
  return ask<Month>`
    select to_char(m, 'YYYY-MM') as month, coalesce(s.sum, 0)::numeric(16,2)::text as shipped,
      coalesce(r.sum, 0)::numeric(16,2)::text as received
    from generate_series(${`${last}-01`}::timestamp, ${from}::timestamp, interval '-1 month') m
    left join (select date_trunc('month', shipped_on::timestamp) as month, sum(net) from shipment
      where customer_id = ${customerId} and shipped_on >= ${from}::date and shipped_on < ${until}::date group by 1) s on s.month = m
    left join (select date_trunc('month', received_on::timestamp) as month, sum(net) from receipt
      where customer_id = ${customerId} and received_on >= ${from}::date and received_on < ${until}::date group by 1) r on r.month = m
    order by m desc`
}

export async function ageingOf(customerId: bigint, now: Date): Promise<Ageing> {
  const most = (await regulationAt(now)).value('credit.overdue_days')
  const [found] = await ask<Ageing>`
    select coalesce(sum(open) filter (where past <= 0), 0)::numeric(16,2)::text as current,
      coalesce(sum(open) filter (where past between 1 and 30), 0)::numeric(16,2)::text as d30,
      coalesce(sum(open) filter (where past between 31 and 60), 0)::numeric(16,2)::text as d60,
      coalesce(sum(open) filter (where past between 61 and 90), 0)::numeric(16,2)::text as d90,
      coalesce(sum(open) filter (where past > 90), 0)::numeric(16,2)::text as older
    from (select open, ${dateText(now)}::date - ${dueSql(most)} as past
      from shipment where customer_id = ${customerId} and open > 0) s`
  return found!
}

/**
 * The last ones signed, the newest first, with what became of the goods that went out on them. Late: money that pays them
 * came after their day, of a final one the month's end (CRD-08), else the day the goods were due (CRD-05).
 */
export async function pastOf(customerId: bigint, now: Date): Promise<Past[]> {
  const most = (await regulationAt(now)).value('credit.overdue_days')
  return ask<Past>`
    select o.kind::text, to_char(o.month, 'YYYY-MM') as month, o.amount::text, r.number as release, s.name as by,
      o.unpaid::text, o.settled_at is not null as settled, d.id is not null as shipped,
      r.state = 'cancelled' as cancelled, d.open::text,
      d.id is not null and exists (select 1 from allocation a join receipt m on m.id = a.receipt_id
        where a.shipment_id = d.id and m.received_on > case when o.kind = 'final' then o.valid_on
          else ${dueSql(most, Prisma.sql`d.`)} end
        group by m.id having sum(a.amount) > 0) as late
    from credit_override o join release r on r.id = o.release_id left join staff s on s.id = o.signed_by_id
    left join shipment d on d.release_id = r.id
    where o.customer_id = ${customerId} and o.state = 'approved' order by o.month desc, o.signed_at desc limit 6`
}

export async function contractOf(customerId: bigint, now: Date): Promise<Contract | null> {
  const day = dateText(now)
  const [found] = await ask<Contract>`
    select number, kind::text, ends_on::text as "endsOn", term_days as "termDays" from contract
    where customer_id = ${customerId} and starts_on <= ${day}::date and ends_on >= ${day}::date
      and (ended_on is null or ended_on > ${day}::date) order by starts_on desc, id desc limit 1`
  return found ?? null
}

/** The next that is promised. */
export async function planOf(customerId: bigint, now: Date): Promise<Plan | null> {
  const [found] = await ask<Plan>`
    select p.number, l.due_on::text as "dueOn", l.amount::text from repayment_plan p join repayment_line l on l.plan_id = p.id
    where p.customer_id = ${customerId} and p.withdrawn_at is null and l.due_on >= ${dateText(now)}::date
    order by l.due_on, p.id limit 1`
  return found ?? null
}

type Mode = { after: CooperationMode; startsOn: string }
/** CRD-14: as it is on this day. */
export async function modeOf(customerId: bigint, now: Date): Promise<Mode | null> {
  const [found] = await ask<Mode>`
    select after::text, starts_on::text as "startsOn" from cooperation_mode_change
    where customer_id = ${customerId} and state = 'approved' and starts_on <= ${dateText(now)}::date
    order by starts_on desc, id desc limit 1`
  return found ?? null
}

export type OpenComplaints = { n: number; latest: { number: string; title: string; level: ComplaintLevel }[] }
/** Those that this reader may know of. */
export async function complaintsOf(actor: Actor, customerId: bigint): Promise<OpenComplaints> {
  const latest = await ask<{ number: string; title: string; level: ComplaintLevel; n: number }>`
    select number, title, level::text, count(*) over ()::int as n from complaint
    where customer_id = ${customerId} and state not in ('closed', 'void') and ${visibleComplaintsSql(actor)}
    order by received_at desc limit 3`
  return { n: latest[0]?.n ?? 0, latest }
}

type Guaranteed = {
  number: string
  guarantor: string
  amount: string
  used: string
  unpaid: string
  until: string
  state: CreditDecision
}
/** CRD-12: in force, or past its day and not paid. */
export const guaranteesOf = (customerId: bigint, now: Date): Promise<Guaranteed[]> => ask<Guaranteed>`
  select g.number, s.name as guarantor, g.amount::text, g.until::text, g.state::text,
    coalesce(u.used, 0)::numeric(16,2)::text as used, coalesce(u.unpaid, 0)::numeric(16,2)::text as unpaid
  from guarantee g join staff s on s.id = g.guarantor_id
  cross join lateral ${usedSql} u
  where g.customer_id = ${customerId} and g.state = 'approved'
    and (g.until >= ${dateText(now)}::date or coalesce(u.unpaid, 0) > 0)
  order by g.until desc, g.id desc limit 10`
