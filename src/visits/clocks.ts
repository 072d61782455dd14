import type { Tx } from '../db.ts'
import { cancelDeadlines, dueFrom, meetDeadlines, startDeadlines } from '../deadlines/commands.ts'
import type { DeadlineKind } from '../deadlines/kinds.ts'
import { regulationAt, type Regulation } from '../regulations/in-force.ts'
import { subjectOf } from './queries.ts'
import { endOf } from './rules.ts'

export const reportClocks = ['visit.report', 'visit.report_working'] as const satisfies readonly DeadlineKind[]

/** VIS-06: which of the two runs. */
export const reportClockOf = ({ value }: Pick<Regulation, 'value'>): (typeof reportClocks)[number] =>
  value('visits.report_clock') === 'working_days' ? 'visit.report_working' : 'visit.report'

type Timed = { id: bigint; customerId: bigint | null; ownerId: bigint; startsAt: Date; minutes: number }

/**
 * VIS-06: the clock of the report, from the planned end or from when it was over. `report_due_at` of the visit follows it
 * by trigger. One or thousands; where one runs, it runs on.
 */
export async function startReports(tx: Tx, visits: readonly (Timed & { endedAt?: Date })[], now: Date): Promise<void> {
  const clock = reportClockOf(await regulationAt(now))
  const subjects = visits.map((visit) => ({
    subject: subjectOf(visit),
    ownerId: visit.ownerId,
    startedAt: visit.endedAt ?? endOf(visit),
    ...(visit.customerId === null ? {} : { customerId: visit.customerId }),
  }))
  await startDeadlines(tx, clock, subjects, now)
}

export async function meetReport(tx: Tx, visit: { id: bigint }, now: Date): Promise<void> {
  for (const clock of reportClocks) await meetDeadlines(tx, clock, [subjectOf(visit)], now)
}

/** It was not made: no report is waited for. A breach before stays recorded. */
export async function cancelReport(tx: Tx, visit: { id: bigint }, now: Date): Promise<void> {
  for (const clock of reportClocks) await cancelDeadlines(tx, clock, [subjectOf(visit)], now)
}

/** VIS-06: until when what is overdue of a visit that is handed on today does not count against whoever takes it. */
export const excusedFrom = async (now: Date): Promise<Date> => dueFrom(reportClockOf(await regulationAt(now)), now)

/**
 * VIS-06: visits whose report is overdue, made or not, as nothing was said of them. So many, and no plan can be filed
 * (`visits.most_unreported`). What was taken over counts once its new owner has had a report's time for it.
 */
export async function unreportedOf(tx: Pick<Tx, '$queryRaw'>, ownerId: bigint, now: Date): Promise<number> {
  const [found] = await tx.$queryRaw<[{ n: number }]>`
    select count(*)::int as n from visit
    where owner_id = ${ownerId} and state in ('approved', 'done') and report_due_at < ${now}::timestamptz
      and (excused_until is null or excused_until < ${now}::timestamptz)`
  return found.n
}
