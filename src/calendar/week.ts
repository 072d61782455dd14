import type { Range } from '../regulations/parameters.ts'

/** CAL-01: the week's working days and office hours, and the days that differ from their weekday. */
export type Calendar = {
  /** ISO weekdays, 1 is Monday. */
  weekdays: ReadonlySet<number>
  /** In order, none touching another. */
  ranges: readonly Range[]
  days: ReadonlyMap<string, { working: boolean; name: string }>
  /** Those whose state arrangement has been entered. */
  years: ReadonlySet<number>
}

const dayMs = 86_400_000

/** Days since 1970-01-01, to count with: 2026-11-22 → 20779 */
export function numberOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / dayMs
}

export function textOf(number: number): string {
  return new Date(number * dayMs).toISOString().slice(0, 10)
}

/** A day that exists, in a year that the calendar can hold. */
export function isDay(value: string): boolean {
  return /^20\d\d-\d\d-\d\d$/.test(value) && !Number.isNaN(numberOf(value)) && textOf(numberOf(value)) === value
}

/** 1 is Monday; 1970-01-01 was a Thursday. */
export function weekdayOf(day: string): number {
  return ((((numberOf(day) + 3) % 7) + 7) % 7) + 1
}

export function isWorkingDay(calendar: Calendar, day: string): boolean {
  return calendar.days.get(day)?.working ?? calendar.weekdays.has(weekdayOf(day))
}

// Two years without a working day are no calendar; the parameter refuses a week without one.
const longestRest = 800

/** The n-th working day after (or, with step -1, before) a day, itself not counted. */
export function workingDayFrom(calendar: Calendar, day: string, n: number, step: 1 | -1 = 1): string {
  let at = numberOf(day)
  for (let left = n, rest = 0; left > 0;) {
    at += step
    if (isWorkingDay(calendar, textOf(at))) {
      left--
      rest = 0
    } else if (++rest > longestRest) throw new RangeError('the calendar has no working day')
  }
  return textOf(at)
}

/** How many working days lie from one day to another, both counted. */
export function workingDaysFrom(calendar: Calendar, first: string, last: string): number {
  let n = 0
  for (let at = numberOf(first); at <= numberOf(last); at++) if (isWorkingDay(calendar, textOf(at))) n++
  return n
}
