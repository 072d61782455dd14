import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { ask } from '../db.ts'
import { registerSql } from './policy.ts'

/** The number and the clock of the most urgent one; no title, for the first page is open before ARC-19 is. */
export type Urgent = { count: number; number: string; item: string; borrower: string; lentAt: Date; dueAt: Date }
export type LoansAtHome = { mine: Urgent | null; unconfirmed: Urgent | null; overdue: Urgent | null }

const most = 1001

/** What a person has in hand and has not confirmed, and what is overdue in the register of whoever runs the desk. */
export async function loansAtHome(actor: Actor, now: Date): Promise<LoansAtHome> {
  const [mine, unconfirmed, overdue] = await Promise.all([
    ask<Urgent>`select (select count(*)::int from loan where borrower_id = ${actor.id} and returned_at is null) as count,
        l.number, i.number as item, b.name as borrower, l.lent_at as "lentAt", l.due_at as "dueAt"
      from loan l join archive_item i on i.id = l.item_id join staff b on b.id = l.borrower_id
      where l.borrower_id = ${actor.id} and l.returned_at is null order by l.due_at, l.id limit 1`,
    ask<Urgent>`select count(*) over ()::int as count, l.number, i.number as item, b.name as borrower,
        l.lent_at as "lentAt", l.due_at as "dueAt"
      from loan l join archive_item i on i.id = l.item_id join staff b on b.id = l.borrower_id
      where l.borrower_id = ${actor.id} and l.returned_at is null and l.confirmed_at is null order by l.id limit 1`,
    mayEver(actor, 'loans.run')
      ? ask<Urgent>`select (select count(*)::int from (select from loan l where l.returned_at is null
            and l.due_at < ${now}::timestamptz and ${registerSql(actor)} limit ${most}) found) as count,
          l.number, i.number as item, b.name as borrower, l.lent_at as "lentAt", l.due_at as "dueAt"
        from loan l join archive_item i on i.id = l.item_id join staff b on b.id = l.borrower_id
        where l.returned_at is null and l.due_at < ${now}::timestamptz and ${registerSql(actor)}
        order by l.due_at, l.id limit 1`
      : [],
  ])
  return { mine: mine[0] ?? null, unconfirmed: unconfirmed[0] ?? null, overdue: overdue[0] ?? null }
}
