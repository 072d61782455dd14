import { dateText, dayStart } from '../lib/dates.ts'
import {
  addMonths,
  addWorkingDays,
  addWorkingMinutes,
  endOfDayAfter,
  workingMinutesBetween,
  type Calendar,
} from './reckoning.ts'
import { isWorkingDay, numberOf, textOf } from './week.ts'

export const units = ['working_day', 'working_hour', 'hour', 'day', 'month'] as const
export type ReckonedUnit = (typeof units)[number]
export const mostOf: Record<ReckonedUnit, number> = {
  working_day: 500,
  working_hour: 4000,
  hour: 9999,
  day: 999,
  month: 120,
}

export type Question = { from: Date; n: number; unit: ReckonedUnit }

/** A stretch of days that count alike. `n`: which working days these are; `minutes`: the office time on them. */
export type Stretch = {
  kind: 'start' | 'counted' | 'skipped'
  from: string
  until: string
  name: string
  first: number
  last: number
  minutes: number
}

export function dueOf(calendar: Calendar, { from, n, unit }: Question): Date {
  if (unit === 'working_day') return addWorkingDays(calendar, from, n)
  if (unit === 'working_hour') return addWorkingMinutes(calendar, from, n * 60)
  if (unit === 'hour') return new Date(from.getTime() + n * 3_600_000)
  return unit === 'day' ? endOfDayAfter(from, n) : addMonths(from, n)
}

/** The way from the start to the due moment, day by day, days alike taken together. */
export function wayOf(calendar: Calendar, question: Question, due: Date): Stretch[] {
  const stretches: Stretch[] = []
  let counted = 0
  for (const day of walked(question.from, due)) {
    const next = stretchOf(calendar, question, due, { day, counted })
    if (next.kind === 'counted') counted++
    const last = stretches.at(-1)
    const alike = last && last.kind === next.kind && last.name === next.name
    if (alike) Object.assign(last, { until: day, last: next.last, minutes: last.minutes + next.minutes })
    else stretches.push(next)
  }
  return stretches
}

function walked(from: Date, due: Date): string[] {
  const [first, last] = [numberOf(dateText(from)), numberOf(dateText(new Date(due.getTime() - 1)))]
  return Array.from({ length: Math.max(0, last - first) + 1 }, (_, n) => textOf(first + n))
}

function stretchOf(
  calendar: Calendar,
  { from, unit }: Question,
  due: Date,
  { day, counted }: { day: string; counted: number },
): Stretch {
  const name = calendar.days.get(day)?.name ?? ''
  const minutes = minutesOn(calendar, day, from, due)
  const starts = unit === 'working_day' && day === dateText(from)
  const kind = starts ? 'start' : isWorkingDay(calendar, day) ? 'counted' : 'skipped'
  const n = kind === 'counted' ? counted + 1 : 0
  return { kind, from: day, until: day, name, first: n, last: n, minutes }
}

function minutesOn(calendar: Calendar, day: string, from: Date, due: Date): number {
  const [start, end] = [dayStart(day), dayStart(day, 1)]
  return workingMinutesBetween(calendar, start > from ? start : from, end < due ? end : due)
}
