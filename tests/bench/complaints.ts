import { load } from 'cheerio'
import type pg from 'pg'
import { createComplaints } from '../../prisma/seed/complaints.ts'
import { open, time, type Times } from './client.ts'

const people = 400
const departments = 40

/** A million complaints over four years, 50,000 of them in the last month, 200 open for each of 400 handlers; once for a folder of data. */
export async function fillComplaints(client: pg.Client, wanted = 1_000_000): Promise<void> {
  const {
    rows: [there],
  } = await client.query<{ n: number }>('select count(*)::int as n from complaint')
  if (there!.n < wanted) {
    const began = performance.now()
    await hire(client)
    await createComplaints(client, wanted - there!.n)
    console.log(`complaints, clocks and records in ${Math.round(performance.now() - began)} ms`)
  }
  for (const table of ['complaint', 'customer', 'deadline', 'level_change'])
    await client.query(`vacuum (analyze) ${table}`)
}

/** A department for every ten of them. */
async function hire(client: pg.Client): Promise<void> {
  await client.query(
    `insert into department (name, parent_id)
     select '投诉基准部' || n, (select id from department where name = '销售中心') from generate_series(1, $1::int) n
     where not exists (select 1 from department where name = '投诉基准部' || n)`,
    [departments],
  )
  await client.query(
    `with hired as (
       insert into staff (number, name, pinyin, department_id, password_hash, must_change_password)
       select 'T' || lpad(n::text, 5, '0'), '承办人' || n, 'chengbanren', d.id, 'x', false
       from generate_series(1, $1::int) n join department d on d.name = '投诉基准部' || (1 + n % $2::int)
       on conflict do nothing returning id, department_id)
     insert into role_grant (staff_id, role, scope, department_id) select id, 'sales', 'department', department_id from hired`,
    [people, departments],
  )
}

type Asking = { address: string; account: string; head: string; password: string }

/** Each beside the list of customers, asked in turn: the goal is twice its median, and three seconds for the month. */
export async function benchComplaints(
  client: pg.Client,
  { address, account, head: headNumber, password }: Asking,
): Promise<void> {
  const person = open(address)
  await person.signIn(account, password)
  const head = open(address)
  await head.signIn(headNumber, password)
  const { rows } = await client.query<{ number: string }>(
    'select number from complaint order by id desc offset 5000 limit 300',
  )
  const some = (at: number) => rows[at % rows.length]!.number
  const pieces = ['屏风', '蓬莱', '冷库', '顾不言'].map(encodeURIComponent)
  const deep = await deepPage(person)
  const jobs: [string, (at: number) => string][] = [
    ['complaints, all open', () => '/complaints'],
    ['complaints, mine', () => '/complaints?scope=mine'],
    ['complaints, department', () => '/complaints?scope=department'],
    ['complaints, deep', () => deep],
    ['complaints, closed', () => '/complaints?state=closed'],
    ['complaints of a handler', (at) => `/complaints?owner=T${String(1 + (at % people)).padStart(5, '0')}`],
    ['complaints, major', () => '/complaints?level=major'],
    ['complaints, overdue', () => '/complaints?due=overdue'],
    ['complaints of a month', () => '/complaints?state=valid&from=2026-11-01&to=2026-11-30'],
    ['complaints by two chars', (at) => `/complaints?state=all&q=${pieces[at % pieces.length]!}`],
    ['complaint by number', (at) => `/complaints?state=all&q=${some(at)}`],
    ['missed deadlines', () => '/complaints?breached=any'],
    ['open a complaint', (at) => `/complaints/${some(at)}`],
    ['deadlines', () => '/deadlines'],
    ['deadlines, mine', () => '/deadlines?mine=on'],
    ['deadlines of a kind', () => '/deadlines?kind=complaint.contact'],
  ]
  const jobsOfHead: typeof jobs = [
    ['head: all open', () => '/complaints'],
    ['head: department', () => '/complaints?scope=department'],
    ['head: closed', () => '/complaints?state=closed'],
    ['head: missed deadlines', () => '/complaints?breached=any'],
    ['head: by two chars', (at) => `/complaints?state=all&q=${pieces[at % pieces.length]!}`],
    ['head: deadlines', () => '/deadlines'],
  ]
  for (const [who, asked] of [
    [person, jobs],
    [head, jobsOfHead],
  ] as const)
    for (const [job, path] of asked) {
      const list = await time(30, () => person.ask('/customers'))
      print(job, await time(60, (at) => who.ask(path(at))), list)
    }
  const list = await time(30, () => person.ask('/customers'))
  print('month at a glance', await time(5, () => person.ask('/complaints/month')), list)
  person.close()
  head.close()
}

function print(job: string, { p50, p95 }: Times, list: Times): void {
  const cell = (value: number) => value.toFixed(2).padStart(9)
  console.log(`${job.padEnd(24)}${cell(p50)}${cell(p95)}   ${(p50 / list.p50).toFixed(1)} × list`)
}

async function deepPage(person: ReturnType<typeof open>): Promise<string> {
  let path = '/complaints'
  for (let step = 0; step < 40; step++) {
    const next = load((await person.ask(path)).body)('a[rel=next]').attr('href')
    if (!next) break
    path = next
  }
  return path
}
