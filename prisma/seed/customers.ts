import type pg from 'pg'
import { customerNumber } from '../../src/customers/rules.ts'
import { now } from '../../src/lib/clock.ts'
import { yearOf } from '../../src/lib/dates.ts'
import { mainParts } from '../../src/verifications/parts.ts'
import { dropSearchIndexes, put, reserve, takeNumbers } from './copy.ts'
import { invented, type Invented } from './invented.ts'
import { verifiedBefore, verifyBelongings, type Verified } from './verified.ts'

const years = 4
const day = 86_400_000
const batch = 5000
// One moment for the whole run: were it later at the end, a year would need more numbers than it took.
const began = now().getTime()
const tables = ['customer', 'contact', 'customer_address', 'customer_link', 'verification', 'audit_entry'] as const

type Row = Invented & {
  id: number
  number: string
  at: Date
  owner: string | null
  department: string
  region: string | null
  verified: Verified | null
}
type Places = {
  owners: string[]
  departments: string[]
  regions: string[]
  maker: string
  desk: string
  confirmer: string
}

/** Invented customers of four years, with contacts, links and their lines in the trail, by COPY. Owner's rights. */
export async function createCustomers(client: pg.Client, count: number): Promise<void> {
  await client.query('begin')
  const places = await placesOf(client)
  const number = await numbersFor(client, count)
  const first = await reserve(client, 'customer', count)
  const restore = count < 10_000 ? [] : await dropSearchIndexes(client, ['customer', 'contact'])
  for (let done = 0; done < count; done += batch) {
    const rows = Array.from({ length: Math.min(batch, count - done) }, (_, at) => {
      const moment = momentOf(done + at, count)
      return rowOf(first + done + at, number(moment), moment, places)
    })
    await copy(client, rows, places)
  }
  await link(client, first, count)
  await verifyBelongings(client, first, count)
  for (const definition of restore) await client.query(definition)
  await client.query('commit')
  for (const table of tables) await client.query(`analyze ${table}`)
}

/** Evenly through the years, the newest last, as they would have come. */
function momentOf(at: number, count: number): Date {
  return new Date(began - Math.floor((1 - (at + 1) / count) * years * 365 * day) - 60_000)
}

function rowOf(id: number, number: string, at: Date, { owners, departments, regions }: Places): Row {
  const one = invented(id)
  const among = <T>(list: T[], salt: number) => list[Math.floor(one.turn / salt) % list.length]!
  const owner = among([...owners, null, null], 1)
  const place = { department: among(departments, 7), region: among([...regions, null], 13) }
  return { ...one, id, number, at, owner, ...place, verified: verifiedBefore(began, { id, at, life: one.life }) }
}

async function copy(client: pg.Client, rows: Row[], { maker, desk, confirmer }: Places): Promise<void> {
  const confirmed = (row: Row) => began - row.at.getTime() > 3 * day
  await put(
    client,
    'customer',
    customerColumns,
    rows.map((row) => [
      row.id,
      row.number,
      row.life,
      ...customerFields.map((field) => row.columns[field]),
      row.owner,
      row.department,
      row.region,
      maker,
      row.at,
      row.at,
      ...(confirmed(row) ? ['confirmed', row.at, confirmer] : ['provisional', null, null]),
    ]),
  )
  await put(
    client,
    'contact',
    'customer_id, name, post, phones, main, grams, search_text, phone_digits, created_at',
    rows.flatMap(({ id, at, contact }) =>
      contact
        ? [
            [
              id,
              contact.name,
              contact.post,
              contact.phones,
              true,
              contact.grams,
              contact.searchText,
              contact.phoneDigits,
              at,
            ],
          ]
        : [],
    ),
  )
  await put(
    client,
    'customer_address',
    'customer_id, "use", address, created_at',
    rows.flatMap(({ id, at, other }) => (other ? [[id, other.use, other.address, at]] : [])),
  )
  await put(
    client,
    'verification',
    'customer_id, part, way, at, by_id',
    rows.flatMap(({ id, owner, verified }) =>
      verified ? mainParts.map((part) => [id, part, verified.way, verified.at, owner ?? desk]) : [],
    ),
  )
  await put(
    client,
    'audit_entry',
    'at, kind, actor_id, actor_name, action, subject, after',
    rows.flatMap((row) => {
      const { verified } = row
      const line = (action: string, actor: string, after: object, at = row.at) => [
        at,
        'change',
        actor,
        '演示数据',
        action,
        `customer:${row.id}`,
        after,
      ]
      const created = line('customer.created', maker, { number: row.number, name: row.columns.name })
      const known = verified && { verifiedParts: mainParts, way: verified.way }
      return [
        created,
        ...(confirmed(row) ? [line('customer.confirmed', confirmer, { standing: 'confirmed' })] : []),
        ...(known ? [line('customer.verified', row.owner ?? desk, known, verified.at)] : []),
      ]
    }),
  )
}

const customerFields = [
  'kind',
  'name',
  'core',
  'aliases',
  'codeKind',
  'code',
  'relation',
  'cooperation',
  'phone',
  'morePhones',
  'email',
  'province',
  'city',
  'district',
  'divisionCode',
  'address',
  'plates',
  'source',
  'purpose',
  'creditNote',
  'tradeNote',
  'pinyin',
  'initials',
  'grams',
  'searchText',
  'phoneDigits',
] as const
const customerColumns = `id, number, life, ${customerFields.map((name) => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)).join(', ')},
  owner_id, department_id, region_id, created_by_id, created_at, updated_at, standing, confirmed_at, confirmed_by_id`

/** Parents and referrers among neighbours, for one customer in fifty. */
async function link(client: pg.Client, first: number, count: number): Promise<void> {
  await client.query(
    `insert into customer_link (kind, from_id, to_id)
     select (case when id % 100 = 0 then 'parent' else 'referrer' end)::link_kind, id, id - 1
     from generate_series($1::bigint + 1, $1::bigint + $2 - 1) as id where id % 50 = 0`,
    [first, count],
  )
}

async function placesOf(client: pg.Client): Promise<Places> {
  const { rows } = await client.query<Places>(
    `select (select array_agg(distinct staff_id::text) from role_grant where role = 'sales') as owners,
       (select array_agg(id::text) from department where parent_id is not null) as departments,
       (select array_agg(id::text) from region) as regions,
       (select min(id)::text from staff) as maker,
       (select min(staff_id)::text from role_grant where role = 'front_desk') as desk,
       (select min(staff_id)::text from role_grant where role = 'sales_director') as confirmer`,
  )
  return rows[0]!
}

/** Takes as many numbers of each year as fall into it, and hands them out (CUS-01). */
async function numbersFor(client: pg.Client, count: number): Promise<(moment: Date) => string> {
  const wanted = new Map<number, number>()
  for (let at = 0; at < count; at++) {
    const year = yearOf(momentOf(at, count))
    wanted.set(year, (wanted.get(year) ?? 0) + 1)
  }
  const next = new Map<number, number>()
  for (const [year, some] of wanted) next.set(year, await takeNumbers(client, 'customer', year, some))
  return (moment) => {
    const year = yearOf(moment)
    const serial = next.get(year)!
    next.set(year, serial + 1)
    return customerNumber(year, serial)
  }
}
