import { subtractWorkingDays, type Calendar } from '../calendar/reckoning.ts'
import { dayStart } from '../lib/dates.ts'
import { businessNumber } from '../lib/numbers.ts'
import type { Refusal } from '../lib/refused.ts'

/** Nobody plans a small to-do further ahead: what lies beyond is a slip of the keyboard. */
export const mostDaysAhead = 5 * 366

const day = 24 * 60 * 60_000

/** CAL-02: a task is due on a day that is still to come, today included. */
export function dueProblems(dueOn: string, today: string): Refusal[] {
  const ahead = (Date.parse(dueOn) - Date.parse(today)) / day
  const refuse = (reason: Refusal['reason'], params = {}): Refusal[] => [
    { rule: 'CAL-02', reason, field: 'dueOn', params },
  ]
  if (ahead < 0) return refuse('tasks:refused.past', { today })
  return ahead > mostDaysAhead ? refuse('tasks:refused.farAhead', { years: 5 }) : []
}

/**
 * CAL-01: when a task for a day is due: when the office closes on that day. A day off has no closing: then when the last
 * working day before it closes, so that what was promised for the day is done by the day. Where that is past already,
 * the day itself is left, to its end.
 */
export function dueMoment(calendar: Calendar, dueOn: string, from: Date): Date {
  const end = dayStart(dueOn, 1)
  const close = subtractWorkingDays(calendar, end, 0)
  return close > from ? close : end
}

export function taskNumber(year: number, serial: number): string {
  return businessNumber('D', year, serial)
}
