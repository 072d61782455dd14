import { monthAfter, monthOf } from '../lib/months.ts'

/** 2026Q4: the quarter of a month (2026-11). */
export const quarterOfMonth = (month: string): string =>
  `${month.slice(0, 4)}Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`

export const quarterOf = (now: Date): string => quarterOfMonth(monthOf(now))

/** Its three months. */
export function monthsIn(quarter: string): string[] {
  const first = `${quarter.slice(0, 4)}-${String(Number(quarter.slice(5)) * 3 - 2).padStart(2, '0')}`
  return [first, monthAfter(first, 1), monthAfter(first, 2)]
}

/** From its first day to the first that is not in it any more. */
export function quarterDays(quarter: string): { from: string; until: string } {
  const [first, , last] = monthsIn(quarter) as [string, string, string]
  return { from: `${first}-01`, until: `${monthAfter(last, 1)}-01` }
}

export const quarterAfter = (quarter: string, n: number): string =>
  quarterOfMonth(monthAfter(monthsIn(quarter)[0]!, 3 * n))

/** This quarter and those before it, the newest first. */
export const quartersBack = (now: Date, n: number): string[] =>
  Array.from({ length: n }, (_, back) => quarterAfter(quarterOf(now), -back))
