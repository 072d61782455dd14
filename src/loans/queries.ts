import { Prisma } from '../../prisma/client/client.ts'
import type { SecrecyLevel } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Placed } from '../access/policy.ts'
import { knownSql, visibleItemsSql } from '../archive/policy.ts'
import { withoutUnseen, type HistoryLine } from '../customers/history/unseen.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { ask, type Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { NotFound } from '../lib/refused.ts'
import { visibleLoansSql, type PlacedLoan } from './policy.ts'

export type Named = { number: string; name: string }

/** ARC-10: a line of the register, as one reader may see it: of what is classified the item's number and mark alone. */
export type LoanRow = PlacedLoan &
  Placed & {
    id: bigint
    number: string
    itemId: bigint
    item: string
    known: boolean
    title: string
    secrecy: SecrecyLevel
    customerId: bigint
    /** Null where the reader does not see that customer, or not what the item is. */
    customer: Named | null
    application: string
    borrower: Named
    department: string | null
    copies: number
    pages: number
    reason: string
    exceptional: boolean
    condition: string | null
    lentAt: Date
    lentById: bigint
    lentBy: Named
    dueAt: Date
    confirmedAt: Date | null
    returnedAt: Date | null
    broughtBy: Named | null
    takenBy: Named | null
    pagesBack: number | null
    conditionBack: string | null
    difference: string | null
    urgedAt: Date | null
    urges: number
    days: number
    version: number
    /** Where it goes back to. */
    place: { room: string; cabinet: number; shelf: number; position: number } | null
    itemPages: number
  }

const named = (alias: Prisma.Sql) => Prisma.sql`json_build_object('number', ${alias}.number, 'name', ${alias}.name)`

export const placeSql = Prisma.sql`(select json_build_object('room', r.name, 'cabinet', p.cabinet, 'shelf', p.shelf,
  'position', p.position) from archive_place p join archive_room r on r.id = p.room_id where p.id = i.place_id)`

/** ARC-02: what was written in words tells of the item; one's own words one may read again. */
const saidSql = (actor: Actor) => Prisma.sql`(w.known or l.borrower_id = ${actor.id})`

/** The columns of LoanRow, from `loanTables`. */
export const loanColumns = (
  actor: Actor,
) => Prisma.sql`l.id, l.number, l.item_id as "itemId", i.number as item, w.known,
  case when w.known then i.title else '' end as title, i.secrecy::text, l.customer_id as "customerId",
  case when w.known then (select ${named(Prisma.sql`customer`)} from customer
    where id = l.customer_id and ${visibleCustomersSql(actor)}) end as customer,
  a.number as application, l.borrower_id as "borrowerId", b.department_id as "borrowerDepartmentId",
  ${named(Prisma.sql`b`)} as borrower, (select name from department where id = b.department_id) as department,
  l.copies, l.pages, case when ${saidSql(actor)} then l.reason else '' end as reason, l.exceptional, l.condition, l.lent_at as "lentAt", l.lent_by_id as "lentById",
  ${named(Prisma.sql`g`)} as "lentBy", l.due_at as "dueAt", l.confirmed_at as "confirmedAt",
  l.returned_at as "returnedAt", (select ${named(Prisma.sql`staff`)} from staff where id = l.brought_by_id) as "broughtBy",
  (select ${named(Prisma.sql`staff`)} from staff where id = l.taken_by_id) as "takenBy", l.pages_back as "pagesBack",
  l.condition_back as "conditionBack", case when ${saidSql(actor)} then l.difference end as difference, l.urged_at as "urgedAt", l.urges, a.days, l.version,
  case when w.known then ${placeSql} end as place, case when w.known then i.pages else 0 end as "itemPages",
  c.owner_id as "ownerId", c.department_id as "departmentId", c.region_id as "regionId"`

export const loanTables = (actor: Actor, at: Date) => Prisma.sql`loan l join archive_item i on i.id = l.item_id
  join customer c on c.id = l.customer_id join staff b on b.id = l.borrower_id join staff g on g.id = l.lent_by_id
  join loan_application a on a.id = l.application_id
  cross join lateral (select ${toldSql(actor, at)} as known) w`

/** ARC-02: whether the reader may know what the item is; a loan may be seen by whoever leads its borrower. Over archive_item as i. */
export const toldSql = (actor: Actor, at: Date) => Prisma.sql`(${visibleItemsSql(actor)} and ${knownSql(actor, at)})`

/** The only way to a loan: what the actor may not see does not exist. */
export async function loanFor(actor: Actor, number: string): Promise<LoanRow> {
  const [loan] = await ask<LoanRow>`select ${loanColumns(actor)} from ${loanTables(actor, now())}
    where l.number = ${number.toUpperCase()} and ${visibleLoansSql(actor)}`
  if (!loan) throw new NotFound()
  return loan
}

/** The open loan of an item, told to whoever works at the desk. */
export async function openLoanOf(actor: Actor, itemId: bigint): Promise<LoanRow | null> {
  const [loan] = await ask<LoanRow>`select ${loanColumns(actor)} from ${loanTables(actor, now())}
    where l.item_id = ${itemId} and l.returned_at is null and ${visibleLoansSql(actor)}`
  return loan ?? null
}

/** Holds the row until the transaction ends; take it, after the item's, before checking any rule. */
export async function lockLoan(tx: Tx, id: bigint) {
  await tx.$queryRaw`select 1 from loan where id = ${id} for update`
  return tx.loan.findUniqueOrThrow({ where: { id }, include: { borrower: true, item: true, lentBy: true } })
}
export type HeldLoan = Awaited<ReturnType<typeof lockLoan>>

/** ARC-11: how many of this person's open loans are overdue. */
export async function overdueOf(from: Pick<Tx, '$queryRaw'>, staffId: bigint, at: Date): Promise<number> {
  const [found] = await from.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from loan
    where borrower_id = ${staffId} and returned_at is null and due_at < ${at}::timestamptz`
  return found!.n
}

/** What happened to a loan, newest first: its lines stand in the trail of the customer it is about. */
export async function historyOf(actor: Actor, { id, customerId }: Pick<LoanRow, 'id' | 'customerId'>) {
  const lines = await ask<HistoryLine>`
    select id, at, actor_name as "actorName", action, coalesce(before, '{}') as before, after, why from audit_entry
    where subject = ${`customer:${customerId}`} and kind = 'change' and after ->> 'part' = ${partOf({ id })}
    order by id desc limit 100`
  return withoutUnseen(actor, lines)
}

export const partOf = ({ id }: { id: bigint }) => `loan:${id}`
