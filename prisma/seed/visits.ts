import type pg from 'pg'
import { now } from '../../src/lib/clock.ts'
import { dateText, yearOf } from '../../src/lib/dates.ts'
import { monthAfter, monthOf } from '../../src/lib/months.ts'
import { businessNumber } from '../../src/lib/numbers.ts'
import { cells, dropSearchIndexes, put, reserve, takeNumbers } from './copy.ts'
import { spread } from './invented.ts'
import { inventedVisit, momentFor, type Goer, type Visited, type VisitRow } from './visits-invented.ts'
import { lineOf, promisesOf, recordsOf, reviewers } from './visits-records.ts'
import { createContacts } from './visits-contacts.ts'

const asked: Record<string, number> = { sales: 20, dept_head: 8, area_manager: 8, sales_director: 4 }
const fewestMonths = 4
const mostMonths = 60
const batch = 5000
const began = now().getTime()
const tables = [
  'visit_plan',
  'visit',
  'visit_person',
  'visit_report',
  'deadline',
  'task',
  'promise',
  'contact_record',
  'customer',
]

/** Invented visits of the past months up to the next one, with plans, reports, promises and notes, by COPY. Owner's rights. */
export async function createVisits(client: pg.Client, count: number): Promise<void> {
  const goers = await goersOf(client)
  if (goers.length === 0) return
  const perMonth = goers.reduce((sum, { role }) => sum + asked[role]!, 0)
  const months = Math.min(mostMonths, Math.max(fewestMonths, Math.ceil(count / perMonth)))
  await client.query('begin')
  await client.query('alter table deadline disable trigger deadline_of_report')
  const restore = count < 10_000 ? [] : await dropSearchIndexes(client, ['visit', 'market_note'])
  let left = count
  const told: VisitRow[] = []
  for (let back = months - 1; back >= 0; back--) {
    const month = monthAfter(monthOf(new Date(began)), -back)
    const each = Math.ceil(left / perMonth / (back + 1))
    left -= await writeMonth(client, month, goers, Math.max(1, each), told)
  }
  for (let done = 0; done < told.length; done += batch) await tell(client, told, done)
  await createContacts(client, goers, Math.min(count, 400_000), began)
  await keepContacts(client)
  for (const definition of restore) await client.query(definition)
  await client.query('alter table deadline enable trigger deadline_of_report')
  await client.query('commit')
  for (const table of tables) await client.query(`analyze ${table}`)
}

/** `each`: how often so many as the post asks for. */
async function writeMonth(
  client: pg.Client,
  month: string,
  goers: Goer[],
  each: number,
  told: VisitRow[],
): Promise<number> {
  const wanted = goers.flatMap((goer) => Array.from({ length: asked[goer.role]! * each }, (_, n) => ({ goer, n })))
  const year = Number(month.slice(0, 4))
  const plans = await writePlans(client, month, goers, each, year)
  const first = await reserve(client, 'visit', wanted.length)
  const serial = await takeNumbers(client, 'visit', year, wanted.length)
  for (let done = 0; done < wanted.length; done += batch) {
    const rows = wanted.slice(done, done + batch).map(({ goer, n }, at): VisitRow => {
      const id = first + done + at
      const moment = momentFor(month, n, asked[goer.role]! * each, began)
      const plan = spread(id, 97) % 12 === 0 && moment.getTime() < began ? null : plans.get(goer.id)!
      return inventedVisit(id, businessNumber('BF', year, serial + done + at), goer, plan, moment, began)
    })
    await write(client, rows)
    told.push(...rows.filter(isFresh))
  }
  return wanted.length
}

/** The first line of each in the trail, in the order of time; of what is long past nobody reads it. */
async function tell(client: pg.Client, told: VisitRow[], from: number): Promise<void> {
  if (from === 0) told.sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime())
  const lines = told.slice(from, from + batch).map(lineOf)
  await put(client, 'audit_entry', 'at, kind, actor_id, actor_name, action, subject, before, after, why', lines)
}

const isFresh = ({ at }: VisitRow) => began - at.getTime() < 130 * 86_400_000

async function writePlans(client: pg.Client, month: string, all: Goer[], each: number, year: number) {
  const { rows: known } = await client.query<{ id: string; owner: string }>(
    'select id::text, owner_id::text as owner from visit_plan where month = $1',
    [`${month}-01`],
  )
  const plans = new Map(known.map(({ id, owner }) => [owner, Number(id)]))
  const goers = all.filter(({ id }) => !plans.has(id))
  const first = await reserve(client, 'visit_plan', goers.length)
  const serial = await takeNumbers(client, 'visit_plan', year, goers.length)
  const before = monthAfter(month, -1)
  const submitted = new Date(`${before}-26T06:00:00Z`)
  const decided = new Date(`${before}-27T02:00:00Z`)
  const rows = goers.map(({ id, department, role }, at) =>
    cells(
      [first + at, businessNumber('JH', year, serial + at), id, department, `${month}-01`, 'approved'],
      [asked[role]! * each, submitted, false, decided, reviewers.get(id) ?? null, '同意', submitted],
    ),
  )
  const columns = `id, number, owner_id, department_id, month, state, asked, submitted_at, late, decided_at, decided_by_id,
    decision, created_at`
  await put(client, 'visit_plan', columns, rows)
  for (const [at, { id }] of goers.entries()) plans.set(id, first + at)
  return plans
}

const columns = `id, number, plan_id, owner_id, department_id, region_id, customer_id, party, target, purposes, starts_at,
  on_day, timed, minutes, place, district, agenda, bring, state, unplanned, unplanned_reason, confirmed_at, confirmed_with,
  confirmed_way, cancelled_reason, arrived_at, left_at, report_due_at, reported_at, report_late, by_manager, grams,
  search_text, recorded_at, recorded_by_id`

async function write(client: pg.Client, rows: VisitRow[]): Promise<void> {
  await put(client, 'visit', columns, rows.map(cellsOf))
  for (const { table, columns: names, rows: lines } of recordsOf(rows, began)) await put(client, table, names, lines)
  const promising = rows.filter(
    ({ state, turn, customer }) => state === 'reported' && customer !== null && turn % 7 === 2,
  )
  if (promising.length === 0) return
  const first = await reserve(client, 'task', promising.length)
  const year = yearOf(new Date(began))
  const serial = await takeNumbers(client, 'task', year, promising.length)
  const made = promisesOf(promising, first, (n) => businessNumber('R', year, serial + n), began)
  for (const { table, columns: names, rows: lines } of made) await put(client, table, names, lines)
}

function cellsOf(row: VisitRow): unknown[] {
  const { id, number, plan, goer, customer, at, state, made, turn } = row
  const agreed = row.confirmed ? new Date(Math.min(at.getTime() - 86_400_000, began - 60_000)) : null
  const over = row.until.getTime() < began && state !== 'cancelled'
  return cells(
    [id, number, plan, goer.id, goer.department, customer?.region ?? null, customer?.id ?? null, row.party, row.target],
    [row.purposes, at, dateText(at), turn % 9 > 0, row.minutes, row.place, customer?.district ?? '临平区', row.agenda],
    [row.bring, state, row.unplanned, row.unplanned ? '路过，顺道拜访' : null],
    agreed ? [agreed, customer?.contact ?? '顾不言', row.confirmed] : [null, null, null],
    [state === 'cancelled' ? '客户临时有事' : null, made ? at : null, made ? row.until : null, over ? row.due : null],
    [row.reportedAt, row.late, made && row.manager, row.search.grams, row.search.searchText, row.recordedAt, goer.id],
  )
}

/** Who visits, with customers of their own or, of who has none, of their department; and who looks at their reports. */
async function goersOf(client: pg.Client): Promise<Goer[]> {
  const { rows } = await client.query<Omit<Goer, 'customers'>>(
    `select distinct on (s.id) s.id::text, s.name, s.department_id::text as department, g.role::text
     from staff s join role_grant g on g.staff_id = s.id and g.role = any($1::role[])
     where s.department_id is not null and s.state = 'active' order by s.id, g.role`,
    [Object.keys(asked)],
  )
  const head = rows.find(({ role }) => role === 'dept_head')
  const director = rows.find(({ role }) => role === 'sales_director')
  for (const { id, role } of rows) {
    const by = role === 'sales' ? (head ?? director) : role === 'sales_director' ? undefined : director
    if (by && by.id !== id) reviewers.set(id, by.id)
  }
  const { rows: customers } = await client.query<Visited & { owner: string | null; department: string | null }>(
    `select c.id::text, c.name, c.region_id::text as region, c.district, c.address, c.owner_id::text as owner,
       c.department_id::text as department, (select name from contact k where k.customer_id = c.id order by id limit 1) as contact
     from customer c where c.withdrawn_at is null and c.life <> 'lost' order by c.id desc limit 200000`,
  )
  return rows.map((goer) => ({ ...goer, customers: customersFor(goer, customers) }))
}

function customersFor(
  goer: Omit<Goer, 'customers'>,
  all: (Visited & { owner: string | null; department: string | null })[],
) {
  const own = all.filter(({ owner }) => owner === goer.id)
  const near = own.length > 0 ? own : all.filter(({ department }) => department === goer.department)
  return (near.length > 0 ? near : all).slice(0, 400)
}

/** VIS-10: when somebody last was in touch is kept with the customer. */
const keepContacts = (client: pg.Client) =>
  client.query(`
    update customer c set contacted_on = greatest(c.contacted_on, f.last), manager_contacted_on = greatest(c.manager_contacted_on, f.manager)
    from (select customer_id, max(day) as last, max(day) filter (where by_manager) as manager from (
      select customer_id, on_day as day, by_manager from visit where state = 'reported' and customer_id is not null
      union all select customer_id, (at at time zone 'Asia/Shanghai')::date, by_manager from contact_record where formal) as all_days
      group by customer_id) f
    where c.id = f.customer_id`)
