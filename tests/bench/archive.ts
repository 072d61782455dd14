import { load } from 'cheerio'
import type pg from 'pg'
import { createArchive } from '../../prisma/seed/archive.ts'
import { open, time, type Times } from './client.ts'

const items = 500_000
const loans = 100_000
const among = 300

/** Half a million items over the customers, with the loans of four years; once for a folder of data. */
export async function fillArchive(client: pg.Client, wanted = items): Promise<void> {
  const {
    rows: [there],
  } = await client.query<{ n: number }>('select count(*)::int as n from archive_item')
  if (there!.n < wanted) {
    const began = performance.now()
    await createArchive(client, wanted - there!.n, Math.round((loans * (wanted - there!.n)) / wanted))
    console.log(`half a million archive items in  ${Math.round(performance.now() - began)} ms`)
  }
  for (const table of ['archive_item', 'customer_file', 'loan', 'customer'])
    await client.query(`vacuum (analyze) ${table}`)
  // ARC-19, PRV-14: the one who asks has acknowledged and agreed.
  await client.query(
    `insert into acknowledgement (staff_id, at, until_at, text)
     select staff_id, now(), now() + interval '1 year', '三不准' from role_grant where role = 'cs_manager'`,
  )
}

type Asking = { address: string; account: string; password: string }

/** Each beside the list of customers: the goal is twice its median. */
export async function benchArchive(client: pg.Client, { address, account, password }: Asking): Promise<void> {
  const person = open(address)
  await person.signIn(account, password)
  const { rows: customers } = await client.query<{ number: string; item: string }>(
    `select c.number, i.number as item from archive_item i join customer c on c.id = i.customer_id
     where i.n = 1 order by i.id desc offset 5000 limit $1`,
    [among],
  )
  const { rows: rooms } = await client.query<{ id: string }>('select id from archive_room order by id limit 2')
  const some = (at: number) => customers[at % customers.length]!
  const pieces = ['屏风', '棋盘', '合同', '折扇', '函件'].map(encodeURIComponent)
  const list = await time(200, () => person.ask('/customers'))
  print('list of customers', list, list)
  const deep = await deepPage(person)
  const jobs: [string, (at: number) => string][] = [
    ['index, first page', () => '/archive'],
    ['index, deep by keyset', () => deep],
    ['index by title, 2 chars', (at) => `/archive?q=${pieces[at % pieces.length]!}`],
    ['index by number', (at) => `/archive?q=${some(at).item}`],
    ['index by customer', (at) => `/archive?customer=${some(at).number}`],
    [
      'index by place',
      (at) => `/archive?room=${rooms[at % 2]!.id}&place=${1 + (at % 12)}-${1 + (at % 6)}-${1 + (at % 10)}`,
    ],
    ['index of a month', (at) => `/archive?from=2025-0${1 + (at % 9)}-01&to=2025-0${1 + (at % 9)}-28`],
    ['index, on loan', () => '/archive?state=on_loan'],
    ['index, overdue', () => '/archive?state=overdue'],
    ['index by title order', () => '/archive?sort=title'],
    ['open an item', (at) => `/archive/items/${some(at).item}`],
    ['lending register', () => '/loans/register'],
  ]
  for (const [job, path] of jobs) print(job, await time(100, (at) => person.ask(path(at))), list)
  person.close()
}

function print(job: string, { p50, p95 }: Times, list: Times): void {
  const cell = (value: number) => value.toFixed(2).padStart(9)
  console.log(`${job.padEnd(24)}${cell(p50)}${cell(p95)}   ${(p50 / list.p50).toFixed(1)} × list`)
}

async function deepPage(person: ReturnType<typeof open>): Promise<string> {
  let path = '/archive'
  for (let step = 0; step < 40; step++) {
    const next = load((await person.ask(path)).body)('a[rel=next]').attr('href')
    if (!next) break
    path = next
  }
  return path
}
