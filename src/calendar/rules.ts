import type { CalendarOrigin } from '../../prisma/client/enums.ts'
import type { Refusal } from '../lib/refused.ts'
import { isWorkingDay, numberOf, type Calendar } from './week.ts'

export type Span = { from: string; until: string }
type Existing = { day: string; origin: CalendarOrigin; working: boolean; name: string }

/** More at once is a slip of the keyboard. */
export const mostDays = 92
/** 全国年节及纪念日放假办法 (2025) grants 13 days a year: an arrangement with fewer is not the whole one. */
export const statutoryRest = 13

const refusal = (reason: Refusal['reason'], rest: Partial<Refusal> = {}): Refusal => ({
  rule: 'CAL-01',
  reason,
  ...rest,
})

/**
 * What is over stays as people worked it: a deadline that came is not moved. The state's days are entered for the record
 * until their year is over.
 */
export function spanProblems({ from, until }: Span, origin: CalendarOrigin, today: string): Refusal[] {
  if (until < from) return [refusal('calendar:refused.backward', { field: 'until', params: { from } })]
  const n = numberOf(until) - numberOf(from) + 1
  if (n > mostDays) return [refusal('calendar:refused.tooLong', { field: 'until', params: { n, most: mostDays } })]
  if (origin === 'company' && from < today)
    return [refusal('calendar:refused.past', { field: 'from', params: { day: from, today } })]
  return origin === 'statutory' ? yearProblems(Number(from.slice(0, 4)), today, 'from') : []
}

/** A year that is over is closed. */
export function yearProblems(year: number, today: string, field: string): Refusal[] {
  return year < Number(today.slice(0, 4)) ? [refusal('calendar:refused.yearOver', { field, params: { year } })] : []
}

/** Two entries of one origin for a day, and entries that change nothing, are mistakes. */
export function additionProblems(
  calendar: Calendar,
  held: readonly Existing[],
  { days, origin, working }: { days: readonly string[]; origin: CalendarOrigin; working: boolean },
): Refusal[] {
  const taken = held.find((one) => one.origin === origin && days.includes(one.day))
  if (taken) {
    const params = { day: taken.day, name: taken.name, state: { word: stateWord(taken.working) } }
    return [refusal('calendar:refused.taken', { field: 'from', params })]
  }
  const idle = origin === 'company' && days.every((day) => isWorkingDay(calendar, day) === working)
  if (!idle) return []
  const reason = working ? 'calendar:refused.alreadyWorking' : 'calendar:refused.alreadyOff'
  return [refusal(reason, { field: 'from', params: { day: days[0]! } })]
}

/** A form on a run changes days of that run; others are added as such. */
export function withinProblems({ from, until }: Span, run: Span): Refusal[] {
  const inside = run.from <= from && until <= run.until
  return inside ? [] : [refusal('calendar:refused.outside', { field: 'from', params: run })]
}

export const changedMeanwhile = refusal('calendar:refused.changed')
export const sameAsBefore = refusal('calendar:refused.same')

function stateWord(working: boolean) {
  return working ? ('calendar:work.on' as const) : ('calendar:work.off' as const)
}
