import type pg from 'pg'
import { now } from '../../src/lib/clock.ts'
import { dateText } from '../../src/lib/dates.ts'
import { tradersOf } from './credit-identity.ts'

/** Releases of the demo begin so many days ago; what was shipped before that needed none. */
export const openedAgo = 45

/**
 * Months of trade for confirmed customers that have none: a contract each, goods every ten days, for a steady amount, so
 * that each fitted the credit of its day, paid half a month later. One in nine has stopped paying, and gets nothing since.
 */
export async function createHistory(client: pg.Client, count: number): Promise<number> {
  const [moment, today] = [now(), dateText(now())]
  await client.query('begin')
  await client.query(
    `insert into credit_opening (id, opened_on) values (1, $1::date - ${openedAgo}) on conflict do nothing`,
    [today],
  )
  await client.query(
    `create temp table trader on commit drop as
     select row_number() over (order by c.id desc) as turn, c.id, c.owner_id, c.department_id, c.region_id,
       coalesce(c.owner_id, (select min(id) from staff)) as by_id, 4000 + (c.id * 7919 % 180) * 400 as amount,
       (select coalesce((select f.id from staff f join role_grant g on g.staff_id = f.id and g.role = 'finance' limit 1), min(id)) from staff) as finance_id
     from customer c where c.id = any($1::bigint[])`,
    [await tradersOf(client, count, null)],
  )
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from trader')
  await client.query(contracts, [moment, today])
  await client.query(goods, [today])
  await client.query(releases)
  await client.query(checks)
  await client.query(shipments)
  await client.query(receipts, [today])
  await client.query(allocations)
  await client.query(counters, [today])
  await client.query('commit')
  for (const table of ['contract', 'shipment', 'receipt', 'allocation', 'release', 'release_check'])
    await client.query(`analyze ${table}`)
  return rows[0]!.n
}

const serial = (kind: string, prefix: string) =>
  `'${prefix}' || extract(year from $2::date)::int || lpad((coalesce((select last from number_counter
    where kind = '${kind}' and year = extract(year from $2::date)::int), 0) + turn)::text, 6, '0')`

const contracts = `
  insert into contract (number, customer_id, kind, signed_on, starts_on, ends_on, term_days, terms, recorded_at, recorded_by_id)
  select ${serial('contract', 'HT')}, id, case when turn % 4 = 0 then 'direct' else 'distribution' end::contract_kind, $2::date - 240,
    $2::date - 235, $2::date + (130 + turn * 37 % 400)::int, (array[30, 30, 25, 20])[1 + turn % 4], '先货后款，按期电汇。',
    $1::timestamptz - interval '235 days', finance_id from trader`

/** Every ten days; who has stopped paying (one in nine) got the last of them two to five months ago. */
const goods = `
  create temp table goods on commit drop as
  select row_number() over (order by day, t.turn) as n, t.*, day, nextval('release_id_seq') as release_id,
    nextval('shipment_id_seq') as shipment_id, nextval('receipt_id_seq') as receipt_id,
    (t.amount * (100 - (g.k * 7 + t.turn) % 4) / 100)::numeric(14,2) as sum, lazy and g.k <= 1 as unpaid
  from (select *, turn % 9 = 4 as lazy, case when turn % 9 = 4 then (60 + turn * 13 % 90)::int else (2 + turn % 8)::int end as least from trader) t
    cross join generate_series(0, 12) as g(k)
    cross join lateral (select $1::date - t.least - g.k * 10 as day) d
  where $1::date - day <= 200`

const opened = '(select opened_on from credit_opening)'
const at = (hours: number) => `((day + time '${String(hours).padStart(2, '0')}:20') at time zone 'Asia/Shanghai')`
const what = `(array['冷库门 4 樘','保鲜柜 6 台','制冰机 2 台','不锈钢台面 12 米','冷链周转箱 300 个'])[1 + n % 5]`
const document = (prefix: string) => `'${prefix}' || to_char(day, 'YYYY') || 'D' || lpad(n::text, 7, '0')`

const releases = `
  insert into release (id, number, customer_id, owner_id, department_id, region_id, amount, goods, state, ground, requested_at,
    requested_by_id, released_at, shipped_at, shipped_by_id, shipped_amount)
  select release_id, ${document('FX')}, id, owner_id, department_id, region_id, sum, ${what}, 'shipped', 'within', ${at(9)}, by_id,
    ${at(9)}, ${at(14)}, by_id, sum from goods where day >= ${opened}`

/** As it stood: three such shipments in the window, of which the last two are owed at most. */
const checks = `
  insert into release_check (release_id, step, at, by_id, eligible, method, "limit", exposure, available, overdue, overdue_days,
    amount, cash, short, passed, holds)
  select release_id, step::check_step, case step when 'request' then ${at(9)} else ${at(14)} end, by_id, true, 'rolling_30',
    w.lim, w.owed, w.lim - w.owed, 0, 0, sum, 0, 0, true, '{}'
  from goods g cross join unnest(array['request', 'shipping']) as step
    cross join lateral (select coalesce(sum(o.sum) filter (where o.day >= g.day - 30), 0) as lim,
      coalesce(sum(o.sum) filter (where o.day > g.day - 15), 0) as owed from goods o where o.id = g.id and o.day < g.day) w
  where day >= ${opened}`

const shipments = `
  insert into shipment (id, number, document, customer_id, contract_id, release_id, amount, shipped_on, term_days, goods, invoice,
    source, recorded_at, recorded_by_id)
  select g.shipment_id, ${document('XS')}, ${document('XS')}, g.id, k.id, case when day >= ${opened} then g.release_id end, sum, day,
    k.term_days, ${what}, 'FP' || lpad(g.shipment_id::text, 8, '0'),
    case when day >= ${opened} then 'release' else 'form' end::ledger_source, ${at(14)}, finance_id
  from goods g join contract k on k.customer_id = g.id order by day`

const paidAfter = 15
const receipts = `
  insert into receipt (id, number, document, customer_id, amount, received_on, way, payer, source, recorded_at, recorded_by_id)
  select receipt_id, ${document('HK')}, ${document('HK')}, id, sum, day + ${paidAfter},
    (array['transfer', 'transfer', 'draft', 'transfer'])[1 + n % 4]::receipt_way, '财务部', 'form',
    ((day + ${paidAfter} + time '15:40') at time zone 'Asia/Shanghai'), finance_id
  from goods where not unpaid and day + ${paidAfter} <= $1::date order by day`

const allocations = `
  insert into allocation (receipt_id, shipment_id, amount, way, at, by_id)
  select g.receipt_id, g.shipment_id, g.sum, 'oldest', m.recorded_at, g.finance_id from goods g join receipt m on m.id = g.receipt_id
  order by m.received_on`

/** So that the product's own numbers begin after these. */
const counters = `
  insert into number_counter (kind, year, last)
  select 'contract', extract(year from $1::date)::int, count(*) from contract
  on conflict (kind, year) do update set last = greatest(number_counter.last, excluded.last)`
