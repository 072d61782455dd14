import type pg from 'pg'
import { open, time, type Times } from './client.ts'

/** Each customer's shipments; as many receipts less what is not paid: five million of both for 100,000 customers. */
const each = 27
const days = 700

/**
 * A ledger of the past two years by one statement each, with the triggers held off and what they keep written along: each
 * shipment is paid by one receipt, but a tenth: mostly the latest, of some customers older ones.
 */
export async function fillCredit(client: pg.Client, customers: number): Promise<void> {
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from shipment')
  if (rows[0]!.n < (customers * each) / 2) {
    const began = performance.now()
    await client.query('begin')
    await client.query('set local session_replication_role = replica')
    await client.query(`set local work_mem = '128MB'`)
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(
      `select indexname as name, indexdef as definition from pg_indexes where tablename in ('shipment', 'receipt', 'allocation')
         and indexname not like '%pkey'`,
    )
    for (const { name } of indexes) await client.query(`drop index "${name}"`)
    await client.query(
      `create temp table debtor on commit drop as
       select (row_number() over (order by id) - 1)::int as n, id, owner_id, department_id, region_id,
         (select min(id) from staff) as by_id from (select * from customer order by id desc limit $1) c`,
      [customers],
    )
    for (const statement of [contracts, identities, goods, receipts, allocations, releases])
      await client.query(statement)
    for (const { definition } of indexes) await client.query(definition)
    for (const table of ['shipment', 'receipt', 'allocation', 'release'])
      await client.query(
        `select setval(pg_get_serial_sequence('${table}', 'id'), (select coalesce(max(id), 1) from ${table}))`,
      )
    await client.query('commit')
    console.log(`shipments and receipts in ${Math.round(performance.now() - began)} ms`)
  }
  for (const table of ['shipment', 'receipt', 'allocation', 'contract', 'release', 'archive_item', 'customer'])
    await client.query(`vacuum (analyze) ${table}`)
}

const contracts = `
  insert into contract (number, customer_id, kind, signed_on, starts_on, ends_on, term_days, terms, recorded_at, recorded_by_id)
  select 'HTB' || n, id, 'distribution', current_date - 800, current_date - 800, current_date + 400, 30, '月结', now(), by_id from debtor
  on conflict do nothing`

/** CRD-01: everybody is confirmed, and who has a file has the ID copy in it. */
const identities = `
  with confirmed as (update customer set standing = 'confirmed', confirmed_at = coalesce(confirmed_at, now()),
    confirmed_by_id = coalesce(confirmed_by_id, (select min(id) from staff)) where standing <> 'confirmed')
  update archive_item set type = 'identity' where id in (select min(id) from archive_item group by customer_id)`

/** One in every tenth of the ledger is owed: the two latest of most, older ones of every twentieth customer. */
const owed = `(g.k = 0 or g.k = 1 and d.n % 2 = 0 or d.n % 20 = 3 and g.k between 2 and 16)`
const goods = `
  insert into shipment (id, number, document, customer_id, amount, net, open, shipped_on, term_days, source, late, recorded_at,
    recorded_by_id)
  select s.id, 'XSB' || s.id, 'XSB' || s.id, d.id, sum, sum, case when ${owed} then sum else 0 end, day, 30, 'import', false,
    day + time '15:00', d.by_id
  from generate_series(0, ${each} - 1) as g(k) cross join debtor d
    cross join lateral (select (g.k::bigint * 10000000 + d.n + 1) as id, (500 + (d.n * 7 + g.k * 13) % 900)::numeric(14,2) as sum,
      current_date - (1 + d.n % 20 + g.k * (${days} / ${each}))::int as day) s`

const receipts = `
  insert into receipt (id, number, document, customer_id, amount, net, open, received_on, way, source, late, recorded_at, recorded_by_id)
  select s.id, 'HKB' || s.id, 'HKB' || s.id, s.customer_id, s.amount, s.amount, 0, least(s.shipped_on + 20, current_date), 'transfer',
    'import', false, s.recorded_at, s.recorded_by_id from shipment s where s.open = 0 and s.document like 'XSB%'`

const allocations = `
  insert into allocation (receipt_id, shipment_id, amount, way, at, by_id)
  select id, id, amount, 'oldest', recorded_at, recorded_by_id from receipt where document like 'HKB%'`

/** Under way for one customer in ten. */
const releases = `
  insert into release (number, customer_id, owner_id, department_id, region_id, amount, goods, state, ground, requested_at,
    requested_by_id, released_at)
  select 'FXB' || n, id, owner_id, department_id, region_id, 100, '冷库门', case when n % 30 = 0 then 'held' else 'released' end::release_state,
    case when n % 30 = 0 then null else 'within' end::release_ground, now(), by_id, now()
  from debtor where n % 10 = 0 on conflict do nothing`

type Asking = { address: string; account: string; sales: string; password: string }

/** Each beside the list of customers. The figure and the decision themselves are timed by benchFigure. */
export async function benchCredit(client: pg.Client, { address, account, sales, password }: Asking): Promise<void> {
  const finance = open(address)
  await finance.signIn(account, password)
  const seller = open(address)
  await seller.signIn(sales, password)
  const { rows } = await client.query<{ number: string }>(
    'select number from customer order by id desc offset 4000 limit 200',
  )
  const some = (at: number) => rows[at % rows.length]!.number
  const jobs: [string, (at: number) => string, number][] = [
    ['shipments', () => '/shipments', 30],
    ['shipments of a customer', (at) => `/shipments?customer=${some(at)}`, 30],
    ['shipments, overdue', () => '/shipments?mark=overdue', 30],
    ['receipts', () => '/receipts', 30],
    ['receipts of a customer', (at) => `/receipts?customer=${some(at)}`, 30],
    ['releases', () => '/releases', 30],
    ['contracts', () => '/contracts', 30],
    ['repayment plans', () => '/repayment-plans', 30],
    ['credit of a customer', (at) => `/credit/customers/${some(at)}`, 30],
    ['credit, overview', () => '/credit', 10],
    ['ageing', () => '/credit/ageing', 10],
    ['ageing, over limit', () => '/credit/ageing?over=yes', 5],
    ['ageing, as PDF', () => '/credit/ageing.pdf', 3],
  ]
  for (const [job, path, times] of jobs) {
    const list = await time(20, () => finance.ask('/customers'))
    print(job, await time(times, (at) => finance.ask(path(at))), list)
  }
  const list = await time(20, () => seller.ask('/customers'))
  print('own: ageing', await time(10, () => seller.ask('/credit/ageing')), list)
  print('own: releases', await time(30, () => seller.ask('/releases')), list)
  finance.close()
  seller.close()
}

function print(job: string, { p50, p95 }: Times, list: Times): void {
  const cell = (value: number) => value.toFixed(2).padStart(9)
  console.log(`${job.padEnd(26)}${cell(p50)}${cell(p95)}   ${(p50 / list.p50).toFixed(1)} × list`)
}
