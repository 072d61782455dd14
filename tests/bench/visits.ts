import { load } from 'cheerio'
import type pg from 'pg'
import { dropSearchIndexes } from '../../prisma/seed/copy.ts'
import { searchable } from '../../src/customers/search.ts'
import { open, time, type Times } from './client.ts'

const people = 200
const departments = 20
const years = 3
const month = '2026-10'

/** A million visits of three years by 200 people, one in twelve open, with reports, costs, plans and 100,000 promises. */
export async function fillVisits(client: pg.Client, wanted = 1_000_000): Promise<void> {
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from visit')
  const missing = wanted - rows[0]!.n
  if (missing > 0) {
    const began = performance.now()
    await client.query('begin')
    await hire(client)
    await own(client)
    await plan(client)
    const restore = await dropSearchIndexes(client, ['visit', 'market_note', 'contact_record'])
    await visit(client, missing)
    await around(client)
    await count(client)
    await promise(client, Math.ceil(missing / 10))
    await heard(client)
    for (const definition of restore) await client.query(definition)
    await client.query('commit')
    console.log(`visits, reports and promises in ${Math.round(performance.now() - began)} ms`)
  }
  for (const table of [
    'visit',
    'visit_report',
    'visit_spending',
    'visit_plan',
    'promise',
    'market_note',
    'contact_record',
    'task',
    'deadline',
    'customer',
  ])
    await client.query(`vacuum (analyze) ${table}`)
}

/** A department for every ten of them, the first the cast's: its head has people, and its sales person is one of them. */
async function hire(client: pg.Client): Promise<void> {
  await client.query(
    `insert into department (name, parent_id)
     select '拜访基准部' || n, (select id from department where name = '销售中心') from generate_series(2, $1::int) n
     where not exists (select 1 from department where name = '拜访基准部' || n)`,
    [departments],
  )
  await client.query(
    `with hired as (
       insert into staff (number, name, pinyin, department_id, password_hash, must_change_password)
       select 'V' || lpad(n::text, 5, '0'), '走访人' || n, 'zoufangren', d.id, 'x', false
       from generate_series(1, $1::int - 1) n
         join department d on d.name = case n % $2::int when 0 then '城东营业部' else '拜访基准部' || (1 + n % $2::int) end
       on conflict do nothing returning id, department_id)
     insert into role_grant (staff_id, role, scope, department_id) select id, 'sales', 'department', department_id from hired`,
    [people, departments],
  )
}

const planned = `(s.number like 'V0____' and s.name like '走访人%' or s.phone = '19900007002')`

/** To each of them his customers, last contacted as the visits below say. */
async function own(client: pg.Client): Promise<void> {
  await client.query(
    `create temp table visitor on commit drop as
     select row_number() over (order by s.id) - 1 as n, s.id, s.department_id from staff s where ${planned} order by s.id limit ${people}`,
  )
  await client.query(
    `create temp table visited on commit drop as
     select row_number() over (order by id) - 1 as n, id, region_id from (select id, region_id from customer order by id desc limit 100000) c`,
  )
  await client.query('create index on visitor (n)')
  await client.query('create index on visited (n)')
  await client.query('analyze visitor, visited')
  await client.query(
    `update customer set owner_id = w.id, department_id = w.department_id,
       grade = ('{A,B,B,B,C,C,C,C,C,C}'::customer_grade[])[1 + v.n / ${people} % 10]
     from visited v join visitor w on w.n = v.n % ${people} where customer.id = v.id`,
  )
}

/** Next month's wait for the heads' word; those before were approved. */
async function plan(client: pg.Client): Promise<void> {
  await client.query(
    `insert into visit_plan (number, owner_id, department_id, month, state, asked, submitted_at, late, created_at)
     select 'JHV' || to_char(m, 'YYYYMM') || s.number, s.id, s.department_id, m::date,
       case when m <= now() then 'approved' else 'waiting' end::visit_plan_state, 20, least(m - interval '2 days', now()),
       (s.id + extract(month from m)::int) % 9 = 0, least(m - interval '9 days', now())
     from staff s, generate_series(date_trunc('month', now()) - make_interval(years => $1),
       date_trunc('month', now()) + interval '1 month', interval '1 month') m
     where ${planned} on conflict do nothing`,
    [years],
  )
  await client.query(
    `with asked as (
       insert into approval_request (number, kind, subject, department_id, state, asked, payload, basis, filed_by_id, filed_at)
       select 'SV' || number, 'visit.plan', 'visit_plan:' || id, department_id, 'waiting', '[]', '{}', version, owner_id, submitted_at
       from visit_plan where state = 'waiting' on conflict do nothing returning *)
     insert into approval_step (request_id, n, kind, role, department_id, filed_by_id, excluded, state, opened_at)
     select id, 1, kind, 'dept_head', department_id, filed_by_id, array[filed_by_id], 'open', filed_at from asked`,
  )
}

/** Even through the years; what is open lies in the last weeks and the next ones. One customer in five hundred visits is the same. */
async function visit(client: pg.Client, count: number): Promise<void> {
  const parties = ['广寒冰窖', '蓬莱渡轮', '桃源磨坊', '听雪茶行', '青萍机电', '九色鹿冷链'].flatMap((name) =>
    Array.from({ length: 50 }, (_, n) => `${name}${n + 1}号`),
  )
  const known = parties.map((party) => {
    const { grams, text } = searchable([{ text: party, as: 'company' }])
    return { party, grams, text }
  })
  await client.query(
    `create temp table party on commit drop as
    select row_number() over () - 1 as n, party, grams, text from json_to_recordset($1) as p(party text, grams text[], text text)`,
    [JSON.stringify(known)],
  )
  await client.query('analyze party')
  await client.query(
    `insert into visit (number, plan_id, owner_id, department_id, region_id, customer_id, party, target, purposes, starts_at,
       on_day, minutes, state, unplanned, unplanned_reason, cancelled_reason, rescheduled, arrived_at, report_due_at,
       reported_at, report_late, grams, search_text, recorded_at, recorded_by_id)
     select 'BF20' || lpad((c.last + g.n)::text, 9, '0'), case when planned then p.id end, w.id, w.department_id, v.region_id,
       v.id, a.party, (enum_range(null::visit_target))[1 + g.n % 4], array[(enum_range(null::visit_purpose))[1 + g.n % 8]],
       at, (at at time zone 'Asia/Shanghai')::date, 40, s.state, not planned, case when planned then null else '路过' end,
       case when s.state = 'cancelled' then '客户改约' end, g.n % 11 / 10, case when s.state in ('done', 'reported') then at end,
       case when s.state in ('approved', 'done', 'reported') and at < now() then at + interval '62 hours' end,
       case when s.state = 'reported' then at + interval '20 hours' end, s.state = 'reported' and g.n % 10 = 0,
       a.grams, a.text, at - interval '20 days', w.id
     from (select coalesce(max(id), 0) as last from visit) c cross join generate_series(1, $1::int) as g(n)
       cross join lateral (select now() + interval '35 days' - (g.n::float8 / $1) * make_interval(years => $2) as at, g.n % 10 < 7 as planned) m
       join visitor w on w.n = g.n % $3::int
       left join visit_plan p on p.owner_id = w.id and p.month = date_trunc('month', at at time zone 'Asia/Shanghai')::date
       cross join lateral (select (case when planned and p.state = 'waiting' then 'waiting' when at > now() then 'approved'
         when at > now() - interval '75 days' and g.n % 3 = 0 then case when g.n % 2 = 0 then 'approved' else 'done' end
         when g.n % 17 = 0 then 'cancelled' else 'reported' end)::visit_state as state) s
     join party a on a.n = g.n % 300
     join visited v on v.n = case when g.n % 500 = ${people} then 0 else g.n % (select count(*) from visited) end`,
    [count, years, people],
  )
}

async function around(client: pg.Client): Promise<void> {
  await client.query(
    `insert into visit_report (visit_id, reached, content, findings, feedback, competitors, next_step, submitted_at,
       submitted_by_id, reviewed_at, reviewed_by_id)
     select id, (enum_range(null::purpose_reached))[1 + id % 3], '谈了价格', '库门漏风', '满意', '无', '寄样品', reported_at, owner_id,
       case when reported_at < now() - interval '20 days' then reported_at end,
       case when reported_at < now() - interval '20 days' then owner_id end
     from visit where state = 'reported' on conflict do nothing`,
  )
  await client.query(
    `insert into visit_spending (visit_id, kind, what, price, total, state, actual)
     select id, 'travel', '车费', 120, 120, 'within', 80 from visit where state = 'reported' and id % 4 = 0`,
  )
  await client.query(
    `insert into offered_gift (visit_id, what, outcome, recorded_at, by_id)
     select id, '茶叶', 'declined', reported_at, owner_id from visit where state = 'reported' and id % 50 = 0`,
  )
}

/** The clocks of the reports that are to be written, and when each customer was last seen. */
async function count(client: pg.Client): Promise<void> {
  await client.query(
    `insert into deadline (kind, subject, owner_id, rule, amount, unit, started_at, due_at, soon_at)
     select 'visit.report', 'visit:' || id, owner_id, 'VIS-06', 3, 'day', starts_at, report_due_at, report_due_at - interval '8 hours'
     from visit where state in ('approved', 'done') and report_due_at is not null`,
  )
  await client.query(
    `update customer set contacted_on = seen.day from (
       select customer_id, max(on_day) as day from visit where state in ('done', 'reported') group by customer_id) seen
     where customer.id = seen.customer_id`,
  )
}

async function promise(client: pg.Client, count: number): Promise<void> {
  await client.query(
    `with v as (select id, customer_id, owner_id, on_day, row_number() over () as n from visit
       where state = 'reported' and id % 9 = 0 limit $1),
     made as (insert into task (number, title, owner_id, created_by_id, customer_id, due_on, state, result, ended_at, created_at)
       select 'DV' || lpad(v.id::text, 12, '0'), '寄样品', owner_id, owner_id, customer_id, on_day + 7,
         case when on_day < current_date - 30 then 'done' else 'open' end::task_state,
         case when on_day < current_date - 30 then '寄了' end,
         case when on_day < current_date - 30 then on_day + 5 + (v.n % 4)::int end, on_day from v returning id, number, owner_id, due_on, ended_at),
     clock as (insert into deadline (kind, subject, owner_id, rule, amount, unit, started_at, due_at, soon_at, met_at)
       select 'task.due', 'task:' || id, owner_id, 'VIS-07', 1, 'day', due_on - 7, due_on + 1, due_on, ended_at from made)
     insert into promise (task_id, customer_id, visit_id, promised_on)
     select made.id, v.customer_id, v.id, v.on_day from made join v on made.number = 'DV' || lpad(v.id::text, 12, '0')`,
    [count],
  )
}

/** A market note for every tenth visit, a contact record for every third. */
async function heard(client: pg.Client): Promise<void> {
  await client.query(
    `insert into market_note (visit_id, customer_id, kind, text, noted_on, owner_id, department_id, region_id, grams, search_text, recorded_at)
     select id, customer_id, (enum_range(null::market_note_kind))[1 + id % array_length(enum_range(null::market_note_kind), 1)], '降价两成',
       on_day, owner_id, department_id, region_id, grams, search_text, reported_at
     from visit where state = 'reported' and id % 11 = 1`,
  )
  const said = ['问了库存', '谈了价格', '约了看样', '催了回款', '讲了交期'].map((content) => {
    const { grams, text } = searchable([content, '下周再谈'].map((text) => ({ text, as: 'plain' })))
    return { content, grams, text }
  })
  await client.query(
    `insert into contact_record (number, customer_id, way, at, content, result, grams, search_text, due_at, recorded_at,
       owner_id, department_id, region_id)
     select 'LXV' || lpad(id::text, 11, '0'), customer_id, 'call', starts_at, s.content, '下周再谈', s.grams, s.text,
       starts_at + interval '2 days', starts_at + interval '1 hour', owner_id, department_id, region_id
     from visit
       join (select row_number() over () - 1 as n, * from json_to_recordset($1) as p(content text, grams text[], text text)) s
         on s.n = id % 5
     where state = 'reported' and customer_id is not null and id % 3 = 2 on conflict do nothing`,
    [JSON.stringify(said)],
  )
}

type Asking = { address: string; account: string; head: string; sales: string; password: string }

/** Each beside the list of customers: the goal is twice its median, and two seconds for the assessment of a month. */
export async function benchVisits({ address, account, head: headNumber, sales, password }: Asking): Promise<void> {
  const director = open(address)
  await director.signIn(account, password)
  const head = open(address)
  await head.signIn(headNumber, password)
  const person = open(address)
  await person.signIn(sales, password)
  const pieces = ['渡轮', '蓬莱', '听雪', '冷链'].map(encodeURIComponent)
  const who = (at: number) => `V${String(1 + (at % people)).padStart(5, '0')}`
  const deep = await deepPage(director)
  const jobs: [string, (at: number) => string][] = [
    ['visits, all', () => '/visits'],
    ['visits, deep', () => deep],
    ['visits of a month', () => `/visits?month=${month}`],
    ['visits of a person', (at) => `/visits?owner=${who(at)}`],
    ['visits, person and month', (at) => `/visits?owner=${who(at)}&month=${month}&standing=notMade`],
    ['visits, not reported', () => '/visits?report=missing'],
    ['visits, to review', () => '/visits?report=toReview'],
    ['visits, late reports', () => `/visits?month=${month}&report=late`],
    ['visits by two chars', (at) => `/visits?q=${pieces[at % pieces.length]!}`],
    ['plans', () => '/visits/plans'],
    ['coverage', () => '/coverage'],
    ['promises', () => '/promises?tab=scope'],
    ['market notes', () => '/market-notes'],
    ['contact records', () => '/contact-records'],
  ]
  const jobsOfHead: typeof jobs = [
    ['head: visits', () => '/visits'],
    ['head: department', () => '/visits?scope=department'],
    ['head: day sheet', () => '/visits/day'],
    ['head: coverage', () => '/coverage'],
    ['head: reports to review', () => '/visits/reports?tab=waiting'],
    ['head: contact records', () => '/contact-records?tab=all'],
    ['head: promises', () => '/promises?tab=department'],
    ['head: assessment', () => `/visits/assessment?month=${month}`],
    ['head: first page', () => '/'],
  ]
  const jobsOfPerson: typeof jobs = [
    ['own: visits', () => '/visits'],
    ['own: day sheet', () => '/visits/day'],
    ['own: plans', () => '/visits/plans'],
    ['own: reports', () => '/visits/reports'],
    ['own: coverage', () => '/coverage?owner=mine'],
    ['own: promises', () => '/promises'],
    ['own: contact records', () => '/contact-records'],
    ['own: first page', () => '/'],
  ]
  for (const [asker, asked] of [
    [director, jobs],
    [head, jobsOfHead],
    [person, jobsOfPerson],
  ] as const)
    for (const [job, path] of asked) {
      const list = await time(20, () => director.ask('/customers'))
      print(job, await time(30, (at) => asker.ask(path(at))), list)
    }
  const list = await time(20, () => director.ask('/customers'))
  print('assessment of a month', await time(5, () => director.ask(`/visits/assessment?month=${month}`)), list)
  director.close()
  head.close()
  person.close()
}

function print(job: string, { p50, p95 }: Times, list: Times): void {
  const cell = (value: number) => value.toFixed(2).padStart(9)
  console.log(`${job.padEnd(26)}${cell(p50)}${cell(p95)}   ${(p50 / list.p50).toFixed(1)} × list`)
}

async function deepPage(person: ReturnType<typeof open>): Promise<string> {
  let path = '/visits'
  for (let step = 0; step < 40; step++) {
    const next = load((await person.ask(path)).body)('a[rel=next]').attr('href')
    if (!next) break
    path = next
  }
  return path
}
