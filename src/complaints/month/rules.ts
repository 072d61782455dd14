import { dateText } from '../../lib/dates.ts'
import { monthAfter, monthOf } from '../../lib/months.ts'

export { monthAfter, monthBounds, monthOf } from '../../lib/months.ts'

/** This month and those before it, the newest first. */
export const monthsBack = (now: Date, n: number): string[] =>
  Array.from({ length: n }, (_, back) => monthAfter(monthOf(now), -back))

/** CMP-19: the month whose figures are due: the one before this. */
export const monthDue = (now: Date): string => monthAfter(monthOf(now), -1)

/** CMP-19: by the 10th, that day included. */
export const isLate = (now: Date, lastDay: number): boolean => Number(dateText(now).slice(8)) > lastDay
