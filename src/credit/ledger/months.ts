import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { ask, type Tx } from '../../db.ts'
import { dayOf } from '../../lib/days.ts'
import { monthAfter, monthOf } from '../../lib/months.ts'
import { refuseIf } from '../../lib/refused.ts'
import { closingProblems, oldestOpen } from './rules.ts'

type Reads = Pick<Tx, '$queryRaw'>
export type Month = {
  month: string
  shipments: number
  shipped: string
  receipts: number
  received: string
  closedAt: Date | null
  closedBy: string | null
}

/** CRD-20: the month that is to be closed next; it may still run. */
export async function openMonth(client: Reads, now: Date): Promise<string> {
  const [row] = await client.$queryRaw<{ closed: string | null; used: string | null }[]>`
    select to_char((select max(month) from ledger_month), 'YYYY-MM') as closed, to_char(least(
      (select min(shipped_on) from shipment), (select min(received_on) from receipt)), 'YYYY-MM') as used`
  return oldestOpen(row!.closed, row!.used, monthOf(now))
}

/** The months of a year with what was documented in each, the latest first; none after the one that runs. */
export async function monthsOf(year: string, now: Date): Promise<Month[]> {
  const [from, until] = [`${year}-01-01`, `${Number(year) + 1}-01-01`]
  const rows = await ask<Month>`
    select to_char(m.month, 'YYYY-MM') as month, coalesce(s.n, 0)::int as shipments, coalesce(s.sum, 0)::text as shipped,
      coalesce(r.n, 0)::int as receipts, coalesce(r.sum, 0)::text as received, l.closed_at as "closedAt",
      (select name from staff where id = l.closed_by_id) as "closedBy"
    from generate_series(${from}::date, ${until}::date - 1, '1 month') as m(month)
    left join (select date_trunc('month', shipped_on) as month, count(*) as n, sum(amount)::numeric(14, 2) as sum from shipment
      where shipped_on >= ${from}::date and shipped_on < ${until}::date group by 1) s using (month)
    left join (select date_trunc('month', received_on) as month, count(*) as n, sum(amount)::numeric(14, 2) as sum from receipt
      where received_on >= ${from}::date and received_on < ${until}::date group by 1) r using (month)
    left join ledger_month l on l.month = m.month::date
    order by m.month desc`
  return rows.filter(({ month }) => month <= monthOf(now))
}

/** Since when there is anything to look at: the years of documents, the latest first. */
export async function yearsUsed(now: Date): Promise<string[]> {
  const [row] = await ask<{ first: number | null }>`
    select extract(year from least((select min(shipped_on) from shipment), (select min(received_on) from receipt)))::int as first`
  const last = Number(monthOf(now).slice(0, 4))
  const first = Math.min(row!.first ?? last, last)
  return Array.from({ length: last - first + 1 }, (_, n) => String(last - n))
}

/** CRD-20: from now on no document is dated into this month; for good. Waits for whatever is just being entered. */
export function closeMonth(actor: Actor, month: string, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('ledger month', 0))`
    refuseIf(closingProblems(month, { open: await openMonth(tx, now), current: monthOf(now) }))
    await tx.ledgerMonth.create({ data: { month: dayOf(`${month}-01`), closedAt: now, closedById: actor.id } })
    await audit('ledger.month_closed', `ledger:${month}`, { after: { month } })
  })
}

/** The month to be closed, where it is over. */
export async function closableMonth(client: Reads, now: Date): Promise<string | null> {
  const open = await openMonth(client, now)
  return open <= monthAfter(monthOf(now), -1) ? open : null
}
