import type pg from 'pg'
import { yearOf } from '../../src/lib/dates.ts'
import { businessNumber } from '../../src/lib/numbers.ts'
import { put, reserve, takeNumbers } from './copy.ts'

export type Lendable = { id: number; customer: string; pages: number; at: Date }
type Given = { count: number; began: number; archivist: string; manager: string }
type Line = { item: Lendable; n: number; lent: Date; open: boolean; days: number }

const hour = 3_600_000
const day = 24 * hour
const batch = 5000
const reasons = ['核对供货条款', '办理续签', '客户要求核对签章', '配合内部审计', '核对付款凭据']

/** The register of four years: of a hundred loans three are open, of a thousand four overdue. */
export async function createLoans(client: pg.Client, lendable: Lendable[], given: Given): Promise<void> {
  // What came in lately was not out yet.
  const items = lendable.filter(({ at }) => at.getTime() < given.began - 40 * day)
  const count = Math.min(given.count, items.length * 5)
  if (count === 0) return
  const borrowers = await borrowersOf(client)
  const lines = linesOf(items, count, given.began).sort((a, b) => Number(a.lent) - Number(b.lent))
  const [applications, loans] = [await reserve(client, 'loan_application', count), await reserve(client, 'loan', count)]
  const numbers = {
    JS: await serialsFor(client, 'loan_application', lines),
    J: await serialsFor(client, 'loan', lines),
  }
  for (let at = 0; at < count; at += batch) {
    const some = lines.slice(at, at + batch).map((line, n) => {
      const year = yearOf(line.lent)
      const serial = { JS: numbers.JS(year), J: numbers.J(year) }
      return { ...line, id: at + n, year, serial, who: borrowers[(at + n) % borrowers.length]! }
    })
    await copyLoans(client, some, { applications, loans, archivist: given.archivist })
    await copyClocks(client, some, loans)
  }
}

/** Open ones are of different items (ARC-12); the rest came back in time, now and then a day late. */
function linesOf(items: Lendable[], count: number, began: number): Line[] {
  const open = Math.min(Math.ceil(count * 0.03), items.length)
  const overdue = Math.ceil(count * 0.004)
  const step = Math.max(1, Math.floor(items.length / count))
  return Array.from({ length: count }, (_, n) => {
    const item = items[(n * step + Math.floor(n / items.length)) % items.length]!
    const days = 1 + (n % 3)
    if (n < overdue) return { item, n, open: true, days, lent: new Date(began - (4 + (n % 30)) * day - (n % 9) * hour) }
    if (n < open) return { item, n, open: true, days: 3, lent: new Date(began - (1 + (n % 60)) * hour) }
    const since = Math.max(began - item.at.getTime() - 40 * day, day)
    const ago = 35 * day + Math.floor((since * ((n * 37) % 1000)) / 1000)
    return { item, n, open: false, days, lent: new Date(began - ago) }
  })
}

async function serialsFor(client: pg.Client, kind: string, lines: Line[]): Promise<(year: number) => number> {
  const next = new Map<number, number>()
  for (const year of new Set(lines.map(({ lent }) => yearOf(lent)))) {
    const some = lines.filter(({ lent }) => yearOf(lent) === year).length
    next.set(year, await takeNumbers(client, kind, year, some))
  }
  return (year) => {
    const serial = next.get(year)!
    next.set(year, serial + 1)
    return serial
  }
}

type Full = Line & { id: number; year: number; serial: { JS: number; J: number }; who: string }
type From = { applications: number; loans: number; archivist: string }

async function copyLoans(client: pg.Client, lines: Full[], { applications, loans, archivist }: From): Promise<void> {
  await put(
    client,
    'loan_application',
    'id, number, customer_id, applicant_id, state, purpose, reason, days, filed_at, ended_at',
    lines.map(({ id, year, serial, item, who, open, days, lent, n }) => [
      applications + id,
      businessNumber('JS', year, serial.JS),
      item.customer,
      who,
      open ? 'approved' : 'ended',
      'service',
      reasons[n % reasons.length],
      days,
      new Date(lent.getTime() - 5 * hour),
      open ? null : backAt(lent, days, n),
    ]),
  )
  await put(
    client,
    'loan_application_item',
    'application_id, item_id, copies',
    lines.map(({ id, item }) => [applications + id, item.id, 1]),
  )
  await put(
    client,
    'loan',
    `id, number, item_id, customer_id, application_id, borrower_id, copies, pages, reason, lent_at, lent_by_id, due_at,
     confirmed_at, returned_at, brought_by_id, taken_by_id, pages_back, condition_back`,
    lines.map(({ id, year, serial, item, who, open, days, lent, n }) => [
      loans + id,
      businessNumber('JY', year, serial.J),
      item.id,
      item.customer,
      applications + id,
      who,
      1,
      item.pages,
      reasons[n % reasons.length],
      lent,
      archivist,
      new Date(lent.getTime() + days * day),
      lent,
      ...(open ? [null, null, null, null, null] : [backAt(lent, days, n), who, archivist, item.pages, '完好']),
    ]),
  )
}

/** ARC-11: the clocks of what is still out; the first sweep after finds those that are late. */
async function copyClocks(client: pg.Client, lines: Full[], loans: number): Promise<void> {
  await put(
    client,
    'deadline',
    'kind, subject, owner_id, rule, amount, unit, started_at, due_at, soon_at',
    lines.flatMap(({ id, who, open, days, lent }) => {
      const due = lent.getTime() + days * day
      return open
        ? [['loan.return', `loan:${loans + id}`, who, 'ARC-11', days, 'day', lent, new Date(due), new Date(due - day)]]
        : []
    }),
  )
}

const backAt = (lent: Date, days: number, n: number) =>
  new Date(lent.getTime() + days * day + (n % 25 === 0 ? 26 * hour : -2 * hour))

async function borrowersOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select distinct staff_id::text as id from role_grant where role in ('sales', 'front_desk', 'dept_head', 'finance') order by 1`,
  )
  return rows.map(({ id }) => id)
}
