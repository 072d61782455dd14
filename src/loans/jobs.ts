import { system } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { calendarAt } from '../calendar/queries.ts'
import { ask, type Tx } from '../db.ts'
import { loadStaffing } from '../deadlines/sweeping/staffing.ts'
import { dateText, dayStart } from '../lib/dates.ts'
import { notify, type NewNotice } from '../notices/commands.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { digestsOf, noticeOf, type Due } from './digest.ts'
import { remindedUntil } from './rules.ts'

export type Reminded = { people: number; overdue: number; soon: number }

/**
 * ARC-11, wishes 2, 8, 9, 10: each working morning one notice for each person of all that concerns them: what is due,
 * and what is overdue; reckoned from what is open and when it is due, so that a return ends it and a new loan begins anew.
 */
export async function remindOfLoans(now: Date): Promise<Reminded> {
  const [due, staffing, regulation] = await Promise.all([dueLoans(now), loadStaffing(now), regulationAt(now)])
  const told = digestsOf(due, staffing, regulation.value('archive.loan_ladder'))
  const notices = [...told].map(([to, digest]) => noticeOf(to, digest))
  const counted = {
    overdue: due.reduce((sum, { overdue }) => sum + overdue, 0),
    soon: due.reduce((sum, { soon }) => sum + soon, 0),
  }
  if (notices.length === 0) return { people: 0, ...counted }
  return send(notices, counted, now)
}

async function send(notices: NewNotice[], counted: Omit<Reminded, 'people'>, now: Date): Promise<Reminded> {
  return change(system, async (tx, audit) => {
    const told = await toldToday(tx, notices, now)
    const left = notices.filter(({ to }) => !told.has(to))
    await notify(tx, left, now)
    await audit('loan.reminded', 'loans', { after: { people: left.length, ...counted } })
    return { people: left.length, ...counted }
  })
}

/** Run twice on a day, by two processes or by hand, it reminds once. */
async function toldToday(tx: Tx, notices: NewNotice[], now: Date): Promise<Set<bigint>> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended('loans.remind', 0))::text`
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    select distinct staff_id as id from notice
    where staff_id = any(${notices.map(({ to }) => to)}::bigint[]) and kind in ('loan.due', 'loan.overdue')
      and at >= ${dayStart(dateText(now))}::timestamptz`
  return new Set(rows.map(({ id }) => id))
}

/** What is open and is to be reminded of this morning, by borrower. */
async function dueLoans(now: Date): Promise<Due[]> {
  const until = remindedUntil(await calendarAt(now), now)
  return ask<Due>`
    select l.borrower_id as "borrowerId", s.name as borrower, s.department_id as "departmentId",
      count(*) filter (where l.due_at < ${now}::timestamptz)::int as overdue,
      count(*) filter (where l.due_at >= ${now}::timestamptz)::int as soon,
      min(l.due_at) as first, (array_agg(l.number order by l.due_at, l.id))[1] as number
    from loan l join staff s on s.id = l.borrower_id
    where l.returned_at is null and l.due_at <= ${until}::timestamptz
    group by l.borrower_id, s.name, s.department_id order by min(l.due_at), l.borrower_id`
}
