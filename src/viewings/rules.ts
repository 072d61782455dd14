import {
  addWorkingMinutes,
  closeOf,
  isWorkingDay,
  workingMinutesBetween,
  type Calendar,
} from '../calendar/reckoning.ts'
import { workingDayFrom } from '../calendar/week.ts'
import { dateText, dayStart } from '../lib/dates.ts'
import type { Refusal } from '../lib/refused.ts'
import type { Range } from '../regulations/parameters.ts'

/** `r0`: the first of the office's hours on the day, `d2`: from its beginning for two working days. */
export const spans = ['r0', 'r1', 'r2', 'r3', 'd1', 'd2', 'd3', 'd4', 'd5'] as const
export type Span = (typeof spans)[number]
export type Window = { from: Date; until: Date }

/** art. 18.3 as the rulebook has it: never longer, whatever the company sets. */
export const mostDays = 5
const minute = 60_000
const noon = 12 * 60
const furthest = 30 * 86_400_000

/** The parts of a working day: the office's hours as they are broken, or before and after noon where they are not. */
export function partsOf({ ranges }: Pick<Calendar, 'ranges'>): readonly Range[] {
  const [only] = ranges
  if (!only || ranges.length > 1 || only.from >= noon || only.until <= noon) return ranges
  return [
    { from: only.from, until: noon },
    { from: noon, until: only.until },
  ]
}

/** Which of them the office's hours leave to be chosen. */
export function spansOf(calendar: Calendar): Span[] {
  const { length } = partsOf(calendar)
  return spans.filter((one) => one.startsWith('d') || (length > 1 && Number(one[1]) < length))
}

/** ARC-07: from when until when, at the earliest from this moment on. */
export function windowOf(calendar: Calendar, { day, span }: { day: string; span: Span }, now: Date): Window {
  const n = Number(span[1])
  const begin = dayStart(day).getTime()
  const range = span[0] === 'r' ? partsOf(calendar)[n] : calendar.ranges[0]
  const from = new Date(begin + (range?.from ?? 0) * minute)
  const last = span[0] === 'd' && n > 1 ? workingDayFrom(calendar, day, n - 1) : day
  const until = span[0] === 'd' ? closeOf(calendar, last) : new Date(begin + (range?.until ?? 0) * minute)
  return { from: from < now ? now : from, until }
}

/** ARC-07: a window lies on working days, begins within a month and is not over before it began. */
export function windowProblems(calendar: Calendar, asked: { day: string; span: Span }, now: Date): Refusal[] {
  const refuse = (reason: Refusal['reason'], field: string): Refusal[] => [{ rule: 'ARC-07', reason, field }]
  const { day, span } = asked
  if (!isWorkingDay(calendar, day)) return refuse('viewings:refused.restDay', 'day')
  if (!spansOf(calendar).includes(span)) return refuse('viewings:refused.span', 'span')
  const { from, until } = windowOf(calendar, asked, now)
  if (until <= now) return refuse('viewings:refused.past', day < dateText(now) ? 'day' : 'span')
  if (from.getTime() - now.getTime() > furthest) return refuse('viewings:refused.far', 'day')
  return []
}

/**
 * ARC-07: approved only after the window was over, it begins with the approval and has the same length in office hours,
 * but lies within five working days.
 */
export function movedWindow(calendar: Calendar, { from, until }: Window, now: Date): Window {
  if (until > now) return { from, until }
  const minutes = Math.max(workingMinutesBetween(calendar, from, until), 1)
  const ending = addWorkingMinutes(calendar, now, minutes)
  const today = dateText(now)
  const first = isWorkingDay(calendar, today) ? today : workingDayFrom(calendar, today, 1)
  const latest = closeOf(calendar, workingDayFrom(calendar, first, mostDays - 1))
  return { from: now, until: ending < latest ? ending : latest }
}

/** 18.3: who must judge an application has to be able to. */
export function reasonProblems(reason: string, min: number): Refusal[] {
  if ([...reason].length >= min) return []
  return [{ rule: 'ARC-07', reason: 'viewings:refused.reasonShort', field: 'reason', params: { min } }]
}
