import type pg from 'pg'
import { now } from '../../src/lib/clock.ts'
import { yearOf } from '../../src/lib/dates.ts'
import { businessNumber } from '../../src/lib/numbers.ts'
import { grade, sayWays } from './complaints-around.ts'
import { dueOf, inventedComplaint, isTold, momentIn, type ComplaintRow, type Handler } from './complaints-invented.ts'
import { recordsOf } from './complaints-records.ts'
import { dropSearchIndexes, put, reserve, takeNumbers } from './copy.ts'

const day = 86_400_000
const years = 4
const batch = 5000
const openEach = 200
/** One in twenty of many came in the last thirty days. */
const inMonth = 0.05
// One moment for the whole run, as for the customers.
const began = now().getTime()
const tables = ['complaint', 'level_change', 'complaint_contact', 'remedy', 'deadline', 'customer', 'audit_entry']

type Cast = { handlers: Handler[]; takers: Handler[]; customers: string[] }

/** Invented complaints of four years with their clocks and records, by COPY; at most 200 open for each handler. Owner's rights. */
export async function createComplaints(client: pg.Client, count: number): Promise<void> {
  const people = await peopleOf(client)
  const open = Math.min(people.handlers.length * openEach, Math.ceil(count / 5))
  await client.query('begin')
  await grade(client)
  await sayWays(client)
  const first = await reserve(client, 'complaint', count)
  const number = await numbersFor(client, { count, open })
  // The due moment is written with the row: a trigger for each clock would find the same.
  await client.query('alter table deadline disable trigger deadline_of_complaint')
  const restore = count < 10_000 ? [] : await dropSearchIndexes(client, ['complaint'])
  for (let done = 0; done < count; done += batch) {
    const rows = Array.from({ length: Math.min(batch, count - done) }, (_, at) =>
      rowOf(done + at, first, { count, open }, number, people),
    )
    await copy(client, rows)
    for (const { table, columns, rows: lines } of recordsOf(rows, began)) await put(client, table, columns, lines)
  }
  for (const definition of restore) await client.query(definition)
  await client.query('alter table deadline enable trigger deadline_of_complaint')
  await client.query('commit')
  for (const table of tables) await client.query(`analyze ${table}`)
}

/** Evenly through the years and denser of late, so that what is open is not old; the newest last. */
function momentOf(at: number, { count, open }: Size): Date {
  const left = 1 - (at + 1) / count
  const lately = Math.max(inMonth, (2 * open) / count)
  const days = count < 100_000 ? 45 : (30 * lately) / inMonth
  const ago = left < lately ? (left / lately) * days : days + ((left - lately) / (1 - lately)) * (years * 365 - days)
  return new Date(began - Math.floor(ago * day) - 60_000)
}
type Size = { count: number; open: number }

function rowOf(
  at: number,
  first: number,
  { count, open }: Size,
  number: (moment: Date) => string,
  { handlers, takers, customers }: Cast,
): ComplaintRow {
  const moment = momentOf(at, { count, open })
  // Every other one of the newest is open still.
  const fromEnd = count - 1 - at
  const isOpen = fromEnd < 2 * open && fromEnd % 2 === 0
  const one = inventedComplaint(first + at, isOpen)
  const among = <T>(list: T[], salt: number) => list[Math.floor(one.turn / salt) % list.length]!
  const waits = one.state === 'received' && one.turn % 3 === 0
  const handler = waits ? null : isOpen ? handlers[(fromEnd / 2) % handlers.length]! : among(handlers, 3)
  return {
    ...one,
    id: first + at,
    number: number(moment),
    at: moment,
    closedAt: one.state === 'closed' ? new Date(Math.min(moment.getTime() + one.hours * 3_600_000, began)) : null,
    customer: one.turn % 10 === 0 ? null : among(customers, 11),
    handler,
    taker: among(takers, 5),
    caller: takers.find(({ id }) => id !== handler?.id) ?? among(takers, 5),
  }
}

const columns = `id, number, channel, kind, state, outcome, received_at, recorded_at, received_by_id,
  receiving_department_id, customer_id, complainant, phone, phone_digits, product, product_key, title, what, wants, claim,
  compensation, level, founded, reasonable, judgement, judged_at, judged_by_id, cause, owner_id, assigned_at,
  department_id, round, reopened, escalated, satisfaction, told_at, asked_at, improvement, closed_at, closed_by_id, closing,
  due_at, grams, search_text`

const copy = (client: pg.Client, rows: ComplaintRow[]) =>
  put(
    client,
    'complaint',
    columns,
    rows.map((row) => {
      const { state, handler, taker, at, closedAt, founded } = row
      const judge = founded === null ? null : taker.id
      const isOpen = state !== 'closed' && state !== 'void'
      const due = isOpen ? dueOf(row, began) : null
      const parts: unknown[][] = [
        [row.id, row.number, row.channel, row.kind, state, row.outcome, at, at, taker.id, taker.department],
        [row.customer, row.complainant, row.phone, row.phone, row.product, row.productKey, row.title, row.what],
        [row.wants, row.claim, row.compensation, row.level, founded, founded],
        [founded === null ? null : '核对记录后判定', judge && at, judge, row.cause, handler?.id, handler && at],
        [handler?.department ?? taker.department, 1 + row.reopened, row.reopened, row.escalated, row.satisfaction],
        [isTold(row) ? momentIn(row, 4, began) : null, row.satisfaction && momentIn(row, 5, began)],
        [closedAt && founded ? '已改进作业说明' : null, closedAt, closedAt && row.caller.id],
        [closedAt && '客户知道结果', due, row.grams, row.searchText],
      ]
      return parts.flat()
    }),
  )

async function peopleOf(client: pg.Client): Promise<Cast> {
  const { rows } = await client.query<Handler>(
    `select distinct on (s.id) s.id::text, s.department_id::text as department, g.role in ('front_desk', 'cs_manager') as desk
     from staff s join role_grant g on g.staff_id = s.id and g.role in ('front_desk', 'sales', 'dept_head', 'cs_manager')
     where s.department_id is not null order by s.id`,
  )
  const { rows: customers } = await client.query<{ id: string }>(
    'select id::text from customer where withdrawn_at is null order by id desc limit 200000',
  )
  return { handlers: rows, takers: rows.filter(({ desk }) => desk), customers: customers.map(({ id }) => id) }
}

/** Takes as many numbers of each year as fall into it, and hands them out. */
async function numbersFor(client: pg.Client, size: Size): Promise<(moment: Date) => string> {
  const wanted = new Map<number, number>()
  for (let at = 0; at < size.count; at++) {
    const year = yearOf(momentOf(at, size))
    wanted.set(year, (wanted.get(year) ?? 0) + 1)
  }
  const next = new Map<number, number>()
  for (const [year, some] of wanted) next.set(year, await takeNumbers(client, 'complaint', year, some))
  return (moment) => {
    const year = yearOf(moment)
    const serial = next.get(year)!
    next.set(year, serial + 1)
    return businessNumber('T', year, serial)
  }
}
