import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { ask } from '../db.ts'
import { dayStart } from '../lib/dates.ts'
import type { RegisterQuery } from './forms.ts'
import { ledSql, registerSql } from './policy.ts'
import { loanColumns, loanTables, toldSql, type LoanRow } from './queries.ts'
import { soonUntil } from './rules.ts'

export const pageSize = 25
/** Counting stops here: one more stands for more. */
export const countedTo = 200

export type RegisterPage = { rows: LoanRow[]; earlier: boolean; later: boolean; count: number }

/** ARC-10: a page of the lending register by keyset: what is open by when it is due, the rest by when it was lent. */
export async function registerFor(actor: Actor, query: RegisterQuery, now: Date): Promise<RegisterPage> {
  const mark = await markOf(actor, query.after ?? query.before)
  const back = mark !== null && query.after === undefined
  const byDue = isByDue(query)
  const where = conditionsSql(actor, query, now)
  const beyond = mark === null ? Prisma.sql`true` : beyondSql(byDue, back, mark)
  const order = orderSql(byDue, back)
  const [found, [counted]] = await Promise.all([
    rowsSql(actor, { where: Prisma.sql`${where} and ${beyond}`, order }, pageSize + 1, now),
    ask<{ n: number }>`select ${countSql(where)} as n`,
  ])
  const rows = found.slice(0, pageSize)
  if (back) rows.reverse()
  const more = found.length > pageSize
  return { rows, earlier: back ? more : mark !== null, later: back || more, count: counted!.n }
}

export type Section = { rows: LoanRow[]; count: number }
const sectionRows = 5

/** Wish 4: the worst first, apart from what is only due soon; both counted in one question. */
export async function urgentOf(actor: Actor, now: Date): Promise<Record<'overdue' | 'soon', Section>> {
  const whereOf = (state: 'overdue' | 'soon') => conditionsSql(actor, { ...everything, state }, now)
  const [overdue, soon] = [whereOf('overdue'), whereOf('soon')]
  const [late, near, [counts]] = await Promise.all([
    rowsSql(actor, { where: overdue, order: orderSql(true, false) }, sectionRows, now),
    rowsSql(actor, { where: soon, order: orderSql(true, false) }, sectionRows, now),
    ask<{ overdue: number; soon: number }>`select ${countSql(overdue)} as overdue, ${countSql(soon)} as soon`,
  ])
  return { overdue: { rows: late, count: counts!.overdue }, soon: { rows: near, count: counts!.soon } }
}

const countSql = (where: Prisma.Sql) =>
  Prisma.sql`(select count(*)::int from (select from loan l where ${where} limit ${countedTo + 1}) found)`

const rowsSql = (actor: Actor, { where, order }: { where: Prisma.Sql; order: Prisma.Sql }, most: number, now: Date) =>
  ask<LoanRow>`select ${loanColumns(actor)} from (
      select id as page_id, row_number() over (order by ${order}) as at from loan l
      where ${where} order by ${order} limit ${most}) page
    join (${loanTables(actor, now)}) on l.id = page.page_id order by page.at`

const everything: RegisterQuery = { state: '', person: '', customer: '', item: '', from: '', until: '' }
const rowsAtOnce = 1000

/** The whole of what a query finds, in pieces, for a file or for paper. */
export async function* everyLoan(
  actor: Actor,
  query: RegisterQuery,
  now: Date,
  most = Infinity,
): AsyncGenerator<LoanRow> {
  const byDue = isByDue(query)
  const where = conditionsSql(actor, query, now)
  let mark: Mark | null = null
  for (let sent = 0; sent < most;) {
    const beyond: Prisma.Sql = mark === null ? Prisma.sql`true` : beyondSql(byDue, false, mark)
    const part = { where: Prisma.sql`${where} and ${beyond}`, order: orderSql(byDue, false) }
    const rows: LoanRow[] = await rowsSql(actor, part, Math.min(rowsAtOnce, most - sent), now)
    yield* rows
    sent += rows.length
    const last = rows.at(-1)
    if (!last || rows.length < rowsAtOnce) return
    mark = last
  }
}

/** What a person has in hand, the most urgent first; or all that the people have whom this person leads. */
export function openLoans(actor: Actor, whose: 'mine' | 'department', now: Date): Promise<LoanRow[]> {
  const mine = Prisma.sql`l.borrower_id = ${actor.id}`
  const which = whose === 'mine' ? mine : Prisma.sql`${ledSql(actor)} and l.borrower_id <> ${actor.id}`
  return ask<LoanRow>`select ${loanColumns(actor)} from ${loanTables(actor, now)}
    where l.returned_at is null and ${which} order by l.due_at, l.id limit 200`
}

export function lastReturned(actor: Actor, now: Date): Promise<LoanRow[]> {
  return ask<LoanRow>`select ${loanColumns(actor)} from ${loanTables(actor, now)}
    where l.returned_at is not null and l.borrower_id = ${actor.id} order by l.id desc limit 5`
}

const isByDue = ({ state }: RegisterQuery) => state === 'open' || state === 'overdue' || state === 'soon'

function conditionsSql(actor: Actor, query: RegisterQuery, now: Date): Prisma.Sql {
  const { person, customer, item, from, until } = query
  const told = Prisma.sql`exists (select from archive_item i where i.id = l.item_id and ${toldSql(actor, now)})`
  const parts = [
    registerSql(actor),
    stateSql(query, now),
    ...(person ? [Prisma.sql`l.borrower_id = (select id from staff where number = ${person})`] : []),
    // Asked by customer, what is only known by its number must not answer (ARC-02).
    ...(customer
      ? [
          Prisma.sql`l.customer_id = (select id from customer where number = ${customer} and ${visibleCustomersSql(actor)})
            and ${told}`,
        ]
      : []),
    ...(item ? [Prisma.sql`l.item_id in (select id from archive_item where number = ${item})`] : []),
    ...(from ? [Prisma.sql`l.lent_at >= ${dayStart(from)}::timestamptz`] : []),
    ...(until ? [Prisma.sql`l.lent_at < ${dayStart(until, 1)}::timestamptz`] : []),
  ]
  return Prisma.join(parts, ' and ')
}

function stateSql({ state }: RegisterQuery, now: Date): Prisma.Sql {
  if (state === 'open') return Prisma.sql`l.returned_at is null`
  if (state === 'returned') return Prisma.sql`l.returned_at is not null`
  if (state === 'unconfirmed') return Prisma.sql`l.returned_at is null and l.confirmed_at is null`
  if (state === 'overdue') return Prisma.sql`l.returned_at is null and l.due_at < ${now}::timestamptz`
  if (state === 'soon')
    return Prisma.sql`l.returned_at is null and l.due_at >= ${now}::timestamptz
      and l.due_at <= ${soonUntil(now)}::timestamptz`
  return Prisma.sql`true`
}

type Mark = Pick<LoanRow, 'id' | 'dueAt' | 'lentAt'>

async function markOf(actor: Actor, number: string | undefined): Promise<Mark | null> {
  if (number === undefined) return null
  const [mark] = await ask<Mark>`select l.id, l.due_at as "dueAt", l.lent_at as "lentAt" from loan l
    where l.number = ${number} and ${registerSql(actor)}`
  return mark ?? null
}

function orderSql(byDue: boolean, back: boolean): Prisma.Sql {
  if (byDue) return back ? Prisma.sql`l.due_at desc, l.id desc` : Prisma.sql`l.due_at, l.id`
  return back ? Prisma.sql`l.lent_at, l.id` : Prisma.sql`l.lent_at desc, l.id desc`
}

function beyondSql(byDue: boolean, back: boolean, { id, dueAt, lentAt }: Mark): Prisma.Sql {
  if (byDue)
    return back
      ? Prisma.sql`(l.due_at, l.id) < (${dueAt}::timestamptz, ${id})`
      : Prisma.sql`(l.due_at, l.id) > (${dueAt}::timestamptz, ${id})`
  return back
    ? Prisma.sql`(l.lent_at, l.id) > (${lentAt}::timestamptz, ${id})`
    : Prisma.sql`(l.lent_at, l.id) < (${lentAt}::timestamptz, ${id})`
}
