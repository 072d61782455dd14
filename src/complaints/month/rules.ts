import { Temporal } from 'temporal-polyfill'
import { dateText, dayStart } from '../../lib/dates.ts'

/** 2026-11: from its first moment by the company's wall clock to that of the next month. */
export function monthBounds(month: string): { from: Date; until: Date } {
  return { from: dayStart(`${month}-01`), until: dayStart(`${monthAfter(month, 1)}-01`) }
}

/** Some months later, or earlier. */
export const monthAfter = (month: string, months: number): string =>
  Temporal.PlainYearMonth.from(month).add({ months }).toString()

export const monthOf = (moment: Date): string => dateText(moment).slice(0, 7)

/** This month and those before it, the newest first. */
export const monthsBack = (now: Date, n: number): string[] =>
  Array.from({ length: n }, (_, back) => monthAfter(monthOf(now), -back))

/** CMP-19: the month whose figures are due: the one before this. */
export const monthDue = (now: Date): string => monthAfter(monthOf(now), -1)

/** CMP-19: by the 10th, that day included. */
export const isLate = (now: Date, lastDay: number): boolean => Number(dateText(now).slice(8)) > lastDay
