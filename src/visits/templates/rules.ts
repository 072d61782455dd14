import { Temporal } from 'temporal-polyfill'
import type { VisitRhythm } from '../../../prisma/client/enums.ts'
import { isWorkingDay, type Calendar } from '../../calendar/reckoning.ts'
import { numberOf, weekdayOf, workingDayFrom } from '../../calendar/week.ts'
import { daysOfMonth } from '../../lib/months.ts'

/** When a visit comes back. `week`: which of the month's such weekdays, 5 the last; `fromOn`: not before 2026-12-01. */
export type Recurring = { rhythm: VisitRhythm; weekday: number; week: number | null; fromOn: string }

/** Where it falls, and where it goes when that is a day off. */
export type Occurrence = { day: string; on: string; moved: boolean }

/** VIS-01: the days of a month on which it comes back; a day off gives way to the next working day, or the one before. */
export function occurrencesIn(recurring: Recurring, month: string, calendar: Calendar): Occurrence[] {
  const days = daysOfMonth(month)
  const found = daysIn(recurring, days)
    .filter((day) => day >= recurring.fromOn)
    .map((day) => ({ day, on: workingDayIn(calendar, day, days) }))
  return found.flatMap(({ day, on }) => (on === null ? [] : [{ day, on, moved: day !== on }]))
}

function daysIn({ rhythm, weekday, week, fromOn }: Recurring, days: readonly string[]): string[] {
  const same = days.filter((day) => weekdayOf(day) === weekday)
  if (rhythm === 'weekly') return same
  if (rhythm === 'fortnightly') {
    const first = firstOf(fromOn, weekday)
    return same.filter((day) => (numberOf(day) - first) % 14 === 0)
  }
  if (rhythm === 'quarterly' && monthsBetween(fromOn, days[0]!) % 3 !== 0) return []
  const nth = week === 5 ? same.at(-1) : same[(week ?? 1) - 1]
  return nth ? [nth] : []
}

/** The number of the first such weekday from a day on. */
const firstOf = (from: string, weekday: number): number => numberOf(from) + ((weekday - weekdayOf(from) + 7) % 7)

const monthsBetween = (from: string, until: string): number =>
  Temporal.PlainYearMonth.from(from.slice(0, 7)).until(Temporal.PlainYearMonth.from(until.slice(0, 7)), {
    largestUnit: 'months',
  }).months

function workingDayIn(calendar: Calendar, day: string, days: readonly string[]): string | null {
  if (isWorkingDay(calendar, day)) return day
  const next = workingDayFrom(calendar, day, 1)
  if (days.includes(next)) return next
  const before = workingDayFrom(calendar, day, 1, -1)
  return days.includes(before) ? before : null
}

type Taken = { templateId: bigint | null; day: string }

/** Those that the plan does not hold yet, however often it is asked; what was moved or taken out by hand counts as held. */
export function missing(id: bigint, occurrences: readonly Occurrence[], lines: readonly Taken[]): Occurrence[] {
  const own = lines.filter(({ templateId }) => templateId === id)
  const days = new Set(own.map(({ day }) => day))
  const left = occurrences.filter(({ on }) => !days.has(on))
  return left.slice(0, Math.max(0, occurrences.length - own.length))
}
