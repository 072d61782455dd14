import { closeOf, type Calendar } from '../../calendar/reckoning.ts'
import { workingDayFrom } from '../../calendar/week.ts'
import { monthAfter, monthOf } from '../../lib/months.ts'
import type { Refusal } from '../../lib/refused.ts'

/** REL-01: by the close of the month's last working day. */
export const filingDue = (calendar: Calendar, month: string): Date =>
  closeOf(calendar, workingDayFrom(calendar, `${monthAfter(month, 1)}-01`, 1, -1))

/** REL-01: why a month cannot be filed now. */
export function filingProblems(month: string, filed: boolean, now: Date): Refusal[] {
  if (month > monthOf(now))
    return [{ rule: 'REL-01', reason: 'contactRecords:month.refused.notBegun', params: { month } }]
  return filed ? [{ rule: 'REL-01', reason: 'contactRecords:month.refused.already', params: { month } }] : []
}

type Line = { late: boolean; enteredAt: Date; visit: boolean; formal: boolean; customerId: bigint | null }

/** What was entered before it was filed, and what came after. */
export function splitAt<L extends Line>(lines: readonly L[], filedAt: Date | null): { inTime: L[]; after: L[] } {
  const before = (line: L) => filedAt === null || line.enteredAt <= filedAt
  return { inTime: lines.filter(before), after: lines.filter((line) => !before(line)) }
}

/** The figures of a month. */
export function figuresOf(lines: readonly Line[]) {
  const customers = new Set(lines.flatMap(({ customerId }) => customerId ?? []))
  return {
    visits: lines.filter(({ visit }) => visit).length,
    records: lines.filter(({ visit }) => !visit).length,
    customers: customers.size,
    formal: lines.filter(({ formal }) => formal).length,
    late: lines.filter(({ late }) => late).length,
  }
}
