import type pg from 'pg'
import { itemSearch } from '../../src/archive/search.ts'
import { now } from '../../src/lib/clock.ts'
import { yearOf } from '../../src/lib/dates.ts'
import { businessNumber } from '../../src/lib/numbers.ts'
import { dropSearchIndexes, put, reserve, takeNumbers } from './copy.ts'
import { inventedItem } from './archive-invented.ts'
import { createLoans, type Lendable } from './archive-loans.ts'
import { createRooms, type Rooms } from './archive-rooms.ts'

const batch = 5000
const day = 86_400_000
const began = now().getTime()
const tables = ['customer_file', 'volume', 'archive_item', 'loan', 'loan_application', 'loan_application_item']

type Customer = { id: string; at: Date }
type Keepers = { archivist: string; manager: string }
type File = Customer & { file: number; number: string; volume: number; items: number; first: number; keeper: string }

/**
 * Invented files, volumes and items for the newest customers without a file, with the loans that four years leave behind:
 * about one for five items, few of them open. By COPY, with the owner's rights. Answers with how many items.
 */
export async function createArchive(client: pg.Client, count: number, loans = Math.floor(count / 5)): Promise<number> {
  const customers = await withoutFile(client, count)
  if (customers.length === 0 || count === 0) return 0
  const each = Math.max(1, Math.round(count / customers.length))
  await client.query('begin')
  const keepers = await keepersOf(client)
  const rooms = await createRooms(client, keepers.archivist)
  const files = await filesFor(client, customers, { count, each, keepers })
  const restore = count < 10_000 ? [] : await dropSearchIndexes(client, ['archive_item'])
  const lendable: Lendable[] = []
  for (let at = 0; at < files.length; at += batch) {
    const some = files.slice(at, at + batch)
    await copyFiles(client, some)
    lendable.push(...(await copyItems(client, some, rooms, keepers)))
  }
  await createLoans(client, lendable, { count: loans, began, ...keepers })
  for (const definition of restore) await client.query(definition)
  await client.query('commit')
  for (const table of tables) await client.query(`analyze ${table}`)
  return count
}

/** So many that there are two items for each, or those there are. */
async function withoutFile(client: pg.Client, count: number): Promise<Customer[]> {
  const { rows } = await client.query<Customer>(
    `select id::text, created_at as at from customer c where withdrawn_at is null
       and not exists (select from customer_file f where f.customer_id = c.id) order by id desc limit $1`,
    [Math.ceil(count / 2)],
  )
  return rows.reverse()
}

async function keepersOf(client: pg.Client): Promise<Keepers> {
  const { rows } = await client.query<Keepers>(
    `select (select min(staff_id)::text from role_grant where role = 'archivist') as archivist,
       (select min(staff_id)::text from role_grant where role = 'cs_manager') as manager`,
  )
  return rows[0]!
}

type Plan = { count: number; each: number; keepers: Keepers }

/** From one item to nearly twice as many as the rest have, so many together as were asked for. */
async function filesFor(client: pg.Client, customers: Customer[], { count, each, keepers }: Plan): Promise<File[]> {
  const [files, volumes, items] = [
    await reserve(client, 'customer_file', customers.length),
    await reserve(client, 'volume', customers.length),
    await reserve(client, 'archive_item', count),
  ]
  const numbers = await numbersFor(client, customers)
  let first = items
  return customers.map(({ id, at }, n) => {
    const left = count - (first - items)
    const usual = each + (n % 2 === 0 ? 1 : -1) * ((n >> 1) % each)
    const some = n === customers.length - 1 ? left : Math.max(0, Math.min(left, usual))
    const keeper = n % 9 === 0 ? keepers.manager : keepers.archivist
    const file = { id, at, file: files + n, number: numbers(at), volume: volumes + n, items: some, first, keeper }
    first += some
    return file
  })
}

async function numbersFor(client: pg.Client, customers: Customer[]): Promise<(at: Date) => string> {
  const wanted = new Map<number, number>()
  for (const { at } of customers) wanted.set(yearOf(at), (wanted.get(yearOf(at)) ?? 0) + 1)
  const next = new Map<number, number>()
  for (const [year, some] of wanted) next.set(year, await takeNumbers(client, 'customer_file', year, some))
  return (at) => {
    const year = yearOf(at)
    const serial = next.get(year)!
    next.set(year, serial + 1)
    return businessNumber('DA', year, serial)
  }
}

async function copyFiles(client: pg.Client, files: File[]): Promise<void> {
  await put(
    client,
    'customer_file',
    'id, number, customer_id, keeper_id, last_item, opened_at, opened_by_id',
    files.map(({ file, number, id, keeper, items, at }) => [file, number, id, keeper, items, at, keeper]),
  )
  await put(
    client,
    'volume',
    'id, file_id, n, title, started_on',
    files.map(({ volume, file, at }) => [volume, file, 1, '第 1 卷', at]),
  )
  await put(
    client,
    'audit_entry',
    'at, kind, actor_id, actor_name, action, subject, after',
    files.map(({ at, keeper, id, number }) => [
      at,
      'change',
      keeper,
      '演示数据',
      'file.created',
      `customer:${id}`,
      { file: number },
    ]),
  )
}

// The same few thousand titles come again and again: each is spelt out once.
const searches = new Map<string, ReturnType<typeof itemSearch>>()
function searchOf(title: string) {
  const known = searches.get(title) ?? itemSearch(title)
  searches.set(title, known)
  return known
}

async function copyItems(client: pg.Client, files: File[], rooms: Rooms, keepers: Keepers): Promise<Lendable[]> {
  const lendable: Lendable[] = []
  const rows = files.flatMap((file) =>
    Array.from({ length: file.items }, (_, at) => {
      const id = file.first + at
      const one = inventedItem(id)
      const made = new Date(file.at.getTime() + Math.floor(((began - file.at.getTime()) * (at + 1)) / (file.items + 1)))
      const { grams, text } = searchOf(one.title)
      const classified = one.secrecy === 'confidential' || one.secrecy === 'top_secret'
      const place = one.medium === 'paper' ? rooms.placeFor(id, classified) : null
      if (one.medium === 'paper' && one.state === 'in_place')
        lendable.push({ id, customer: file.id, pages: one.pages, at: made })
      return [
        id,
        `${file.number}-${String(at + 1).padStart(2, '0')}`,
        file.file,
        file.id,
        file.volume,
        at + 1,
        one.title,
        grams,
        text,
        one.type,
        new Date(made.getTime() - (id % 20) * day),
        one.pages,
        one.medium,
        one.medium === 'paper' ? 'printed' : null,
        place,
        one.secrecy,
        one.retention,
        one.state,
        classified ? keepers.archivist : null,
        made,
        file.keeper,
      ]
    }),
  )
  await put(client, 'archive_item', itemColumns, rows)
  return lendable
}

const itemColumns = `id, number, file_id, customer_id, volume_id, n, title, grams, search_text, type, dated_on, pages, medium, ink,
  place_id, secrecy, retention, state, keeper_id, created_at, created_by_id`
