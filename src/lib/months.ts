import { Temporal } from 'temporal-polyfill'
import { dateText, dayStart } from './dates.ts'

/** 2026-11: from its first moment by the company's wall clock to that of the next month. */
export function monthBounds(month: string): { from: Date; until: Date } {
  return { from: dayStart(`${month}-01`), until: dayStart(`${monthAfter(month, 1)}-01`) }
}

/** Some months later, or earlier. */
export const monthAfter = (month: string, months: number): string =>
  Temporal.PlainYearMonth.from(month).add({ months }).toString()

export const monthOf = (moment: Date): string => dateText(moment).slice(0, 7)

/** Every day of a month: 2026-12-01 … 2026-12-31. */
export function daysOfMonth(month: string): string[] {
  const { daysInMonth } = Temporal.PlainYearMonth.from(month)
  return Array.from({ length: daysInMonth }, (_, n) => `${month}-${String(n + 1).padStart(2, '0')}`)
}
