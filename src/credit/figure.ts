import type { CreditMethod } from '../../prisma/client/enums.ts'
import type { Tx } from '../db.ts'
import { dateText } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { dueSql } from './due.ts'
import { figureOf, type Facts, type Figure } from './reckoning.ts'
import { sourcesAt } from './sources.ts'

type Row = { [K in keyof Facts]: Facts[K] extends number ? bigint | number | null : Facts[K] } & {
  method: CreditMethod | null
}

/**
 * CRD-01 … CRD-05: a customer's figure as of now, by the server's day; the whole company's, whoever asks (wish 56).
 * `without`: a release that is being weighed, with the money received for it.
 */
export const figureFor = (
  client: Pick<Tx, '$queryRaw'>,
  customerId: bigint,
  now: Date,
  without: bigint | null = null,
): Promise<Figure> => figureOn(client, customerId, { day: dateText(now), until: null, now }, without)

/**
 * A day, and what is known of it: all that stands now, or what stood before a moment (`until`). `now`: by whose figures
 * of the regulation it is reckoned.
 */
export type At = { day: string; until: Date | null; now: Date }

/** CRD-17: the same of another day. */
export async function figureOn(
  client: Pick<Tx, '$queryRaw'>,
  customerId: bigint,
  at: At,
  without: bigint | null = null,
): Promise<Figure> {
  const figure = (await figuresOn(client, [customerId], at, without)).get(customerId)
  if (!figure) throw new Error(`no customer ${customerId}`)
  return figure
}

/** Of several customers at once. */
export async function figuresOn(
  client: Pick<Tx, '$queryRaw'>,
  customerIds: readonly bigint[],
  at: At,
  without: bigint | null = null,
): Promise<Map<bigint, Figure>> {
  const regulation = await regulationAt(at.now)
  const [window, overdue] = [regulation.value('credit.window_days'), regulation.value('credit.overdue_days')]
  const day = dayOf(at.day)
  const newYear = dayOf(`${at.day.slice(0, 4)}-01-01`)
  const { shipments, receipts, releases, confirmed, filed, recorded, signed } = sourcesAt(customerIds, at.until)
  const rows = await client.$queryRaw<(Row & { id: bigint })[]>`
    select c.id, c.life in ('void', 'lost') or c.withdrawn_at is not null as closed,
      c.standing = 'confirmed' and ${confirmed} as confirmed,
      exists (select 1 from archive_item i where i.customer_id = c.id and i.type = 'identity'
        and i.state not in ('disposed', 'given_back') and ${filed}) as identity,
      exists (select 1 from contract k where k.customer_id = c.id and k.starts_on <= ${day}::date
        and k.ends_on >= ${day}::date and (k.ended_on is null or k.ended_on > ${day}::date) and ${recorded}) as contract,
      coalesce(t.method::text, 'rolling_30') as method, coalesce(t.amount * 100, 0)::bigint as fixed,
      (select coalesce(sum(net) * 100, 0)::bigint from ${shipments} s where s.customer_id = c.id
        and s.shipped_on >= ${day}::date - ${window}::int and s.shipped_on < ${day}::date) as "shippedInWindow",
      o.owed, o."lastYear", o.overdue, o."overdueDays", r.released, p.unallocated, p.reserved
    from customer c
    left join lateral (select method, amount from credit_terms where customer_id = c.id and state = 'approved' and ${signed}
      and starts_on <= ${day}::date and (ends_on is null or ends_on >= ${day}::date)
      order by starts_on desc, id desc limit 1) t on true
    cross join lateral (select coalesce(sum(open) * 100, 0)::bigint as owed,
        coalesce(sum(open) filter (where shipped_on < ${newYear}::date) * 100, 0)::bigint as "lastYear",
        coalesce(sum(open) filter (where late) * 100, 0)::bigint as overdue,
        coalesce(max(${day}::date - shipped_on) filter (where late), 0) as "overdueDays"
      from (select open, shipped_on, ${dueSql(overdue)} < ${day}::date as late
        from ${shipments} d where customer_id = c.id and open > 0) s) o
    cross join lateral (select coalesce(sum(amount) * 100, 0)::bigint as released from ${releases} r
      where customer_id = c.id and state = 'released' and id is distinct from ${without}) r
    cross join lateral (select coalesce(sum(m.open) filter (where f.id is null) * 100, 0)::bigint as unallocated,
        coalesce(sum(m.open) filter (where f.id is not null) * 100, 0)::bigint as reserved
      from ${receipts} m left join ${releases} f on f.id = m.release_id and (f.state = 'held' or f.id = ${without})
      where m.customer_id = c.id and m.open > 0) p
    where c.id = any(${customerIds}::bigint[])`
  return new Map(rows.map(({ id, ...row }) => [id, figureOf(asFacts(row))]))
}

const asFacts = (row: Row): Facts => ({
  ...row,
  lastYear: Number(row.lastYear),
  fixed: Number(row.fixed),
  shippedInWindow: Number(row.shippedInWindow),
  owed: Number(row.owed),
  released: Number(row.released),
  unallocated: Number(row.unallocated),
  reserved: Number(row.reserved),
  overdue: Number(row.overdue),
  overdueDays: Number(row.overdueDays),
})
