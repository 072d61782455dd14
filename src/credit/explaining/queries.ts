import { Prisma } from '../../../prisma/client/client.ts'
import { ask } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { dayOf } from '../../lib/days.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { dueSql } from '../due.ts'
import type { At } from '../figure.ts'
import { sourcesAt } from '../sources.ts'
import { leavesOn, type Line, type Part } from './rules.ts'

/** So many stand one by one; more are put together by the day. */
const mostSingly = 12

type Row = Omit<Line, 'sum' | 'whole'> & { sum: bigint; whole: bigint }

/** CRD-17: what limit and exposure are made of on a day, the newest first. */
export async function linesOf(customerId: bigint, at: At): Promise<Line[]> {
  const rows = await ask<Row>`
    with line as (${await everyLine(customerId, at)}),
      counted as (select *, case when count(*) over (partition by part) <= ${mostSingly} then id end as single from line)
    select part, day::text as "from", day::text as "until", count(*)::int as n, min(number) filter (where single is not null) as number,
      min(release) filter (where single is not null) as release,
      (sum(sum) * 100)::bigint as sum, (sum(whole) * 100)::bigint as whole, max(late)::int as "overdueDays"
    from counted group by part, day, single order by part, counted.day desc, single desc`
  return rows.map((row) => ({ ...row, sum: Number(row.sum), whole: Number(row.whole) }))
}

export type Document = Omit<Line, 'from' | 'until' | 'n' | 'number'> & { day: string; number: string; total: number }
export type Pick = { part: Part; from: string | null; until: string | null; page: number }
export const perPage = 50

/** One part of it, document by document. */
export async function documentsOf(customerId: bigint, at: At, { part, from, until, page }: Pick): Promise<Document[]> {
  const rows = await ask<Omit<Document, 'sum' | 'whole'> & { sum: bigint; whole: bigint }>`
    with line as (${await everyLine(customerId, at)})
    select part, day::text as day, number, release, (sum * 100)::bigint as sum, (whole * 100)::bigint as whole,
      late as "overdueDays", count(*) over ()::int as total
    from line where part = ${part} and (${from}::date is null or day >= ${from}::date)
      and (${until}::date is null or day <= ${until}::date)
    order by line.day desc, id desc limit ${perPage} offset ${(page - 1) * perPage}`
  return rows.map((row) => ({ ...row, sum: Number(row.sum), whole: Number(row.whole) }))
}

/** id, part, day, number, release, sum, whole, late: of every document that counts. */
async function everyLine(customerId: bigint, at: At): Promise<Prisma.Sql> {
  const regulation = await regulationAt(at.now)
  const [window, most] = [regulation.value('credit.window_days'), regulation.value('credit.overdue_days')]
  const day = dayOf(at.day)
  const { shipments, receipts, releases } = sourcesAt([customerId], at.until)
  return Prisma.sql`
    select id, 'window' as part, shipped_on as day, number, null::text as release, net as sum, amount as whole, 0 as late
    from ${shipments} d where customer_id = ${customerId} and net <> 0
      and shipped_on >= ${day}::date - ${window}::int and shipped_on < ${day}::date
    union all
    select id, 'owed', shipped_on, number, null, open, net, case
      when ${dueSql(most)} < ${day}::date then ${day}::date - shipped_on else 0 end
    from ${shipments} d where customer_id = ${customerId} and open > 0
    union all
    select id, 'released', (released_at at time zone 'Asia/Shanghai')::date, number, null, amount, amount, 0
    from ${releases} r where customer_id = ${customerId} and state = 'released'
    union all
    select m.id, case when f.id is null then 'unallocated' else 'reserved' end, m.received_on, m.number, f.number, m.open, m.net, 0
    from ${receipts} m left join ${releases} f on f.id = m.release_id and f.state = 'held'
    where m.customer_id = ${customerId} and m.open > 0`
}

/** CRD-20: documents of this day or before that were recorded only later; a figure of that day does not know them. */
export async function recordedLater(customerId: bigint, { day, until }: At): Promise<number> {
  if (until === null) return 0
  const [found] = await ask<{ n: number }>`
    select (select count(*) from shipment where customer_id = ${customerId} and shipped_on <= ${dayOf(day)}::date
        and recorded_at >= ${until}::timestamptz)::int
      + (select count(*) from receipt where customer_id = ${customerId} and received_on <= ${dayOf(day)}::date
        and recorded_at >= ${until}::timestamptz)::int as n`
  return found!.n
}

export type Change = {
  on: string
  kind: 'leaves' | 'overdue' | 'contract' | 'terms' | 'lastYear'
  day: string
  sum: number
}

const near = 10
const nearContract = 45

/** CRD-17: what will be different soon, though nobody does anything; the next first. Money in fen. */
export async function changesSoon(customerId: bigint, now: Date): Promise<Change[]> {
  const regulation = await regulationAt(now)
  const [window, most] = [regulation.value('credit.window_days'), regulation.value('credit.overdue_days')]
  const today = dateText(now)
  const day = dayOf(today)
  const rows = await ask<{ kind: Change['kind']; day: string; on: string | null; sum: bigint }>`
    select 'leaves' as kind, shipped_on::text as day, null::text as "on", (sum(net) * 100)::bigint as sum from shipment
    where customer_id = ${customerId} and net <> 0 and shipped_on >= ${day}::date - ${window}::int
      and shipped_on < ${day}::date - ${window}::int + ${near}::int group by shipped_on
    union all
    select 'overdue', min(shipped_on)::text, due::text, (sum(open) * 100)::bigint from (
      select shipped_on, open, ${dueSql(most)} + 1 as due from shipment
      where customer_id = ${customerId} and open > 0) s
    where due > ${day}::date and due <= ${day}::date + ${near}::int group by due
    union all
    select 'contract', null, (ends_on + 1)::text, 0 from (
      select max(ends_on) as ends_on from contract where customer_id = ${customerId} and ended_on is null) k
    where ends_on >= ${day}::date and ends_on < ${day}::date + ${nearContract}::int
    union all
    select 'terms', null, (ends_on + 1)::text, (coalesce(amount, 0) * 100)::bigint from (
      select ends_on, amount from credit_terms where customer_id = ${customerId} and state = 'approved'
        and starts_on <= ${day}::date and (ends_on is null or ends_on >= ${day}::date)
      order by starts_on desc, id desc limit 1) t
    where ends_on < ${day}::date + ${nearContract}::int
    union all
    select 'lastYear', null, (extract(year from ${day}::date)::int + 1)::text || '-01-01', (sum(open) * 100)::bigint from shipment
    where customer_id = ${customerId} and open > 0 and extract(month from ${day}::date) = 12 having sum(open) > 0`
  return rows
    .map((row) => ({ ...row, day: row.day ?? '', on: row.on ?? leavesOn(row.day, window), sum: Number(row.sum) }))
    .toSorted((a, b) => a.on.localeCompare(b.on))
}

/** CRD-01: by which of its records it has each of the three. */
export type Grounds = {
  contract: string | null
  endsOn: string | null
  identity: string | null
  confirmedAt: Date | null
}
export async function groundsOf(customerId: bigint, day: string): Promise<Grounds> {
  const [found] = await ask<Grounds>`
    select k.number as contract, k.ends_on::text as "endsOn", i.number as identity, c.confirmed_at as "confirmedAt"
    from customer c
    left join lateral (select number, ends_on from contract where customer_id = c.id and starts_on <= ${dayOf(day)}::date
      and ends_on >= ${dayOf(day)}::date and (ended_on is null or ended_on > ${dayOf(day)}::date)
      order by ends_on desc, id desc limit 1) k on true
    left join lateral (select number from archive_item where customer_id = c.id and type = 'identity'
      and state not in ('disposed', 'given_back') order by id desc limit 1) i on true
    where c.id = ${customerId}`
  return found!
}

export const heldOf = (customerId: bigint) => ask<{ id: bigint }>`
  select id from release where customer_id = ${customerId} and state = 'held' order by id desc limit ${mostHeld + 1}`
export const mostHeld = 3
