import type { DeadlineUnit } from '../../prisma/client/enums.ts'
import {
  addMonths,
  addWorkingDays,
  addWorkingMinutes,
  closeOf,
  endOfDayAfter,
  subtractWorkingMinutes,
  workingMinutesBetween,
  type Calendar,
} from '../calendar/reckoning.ts'
import { dateText, dayStart } from '../lib/dates.ts'
import type { Rung } from '../regulations/parameters.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** How long there is, and by which measure (CAL-01). */
export type Measure = { amount: number; unit: DeadlineUnit }
/** From and until; without `until` it still lasts. */
export type Pause = { fromAt: Date; untilAt: Date | null }

export type Moments = {
  dueAt: Date
  soonAt: Date
  pausedAt: Date | null
  metAt: Date | null
  cancelledAt: Date | null
}
export type State = 'ontime' | 'soon' | 'overdue' | 'paused' | 'met' | 'late' | 'cancelled'

/** CAL-02, CAL-03: derived from moments alone; the due moment itself is still in time, since 以内 takes it in. */
export function stateOf({ dueAt, soonAt, pausedAt, metAt, cancelledAt }: Moments, now: Date): State {
  if (cancelledAt) return 'cancelled'
  if (metAt) return metAt > dueAt ? 'late' : 'met'
  if (pausedAt) return 'paused'
  if (now > dueAt) return 'overdue'
  return now >= soonAt ? 'soon' : 'ontime'
}

/**
 * When it is due: by the measure from the start, moved on by the time it was paused, in the same measure. A measure in
 * days ends with a day, so that the whole of the pauses is rounded up once: a weekend's pause adds nothing to working
 * days. A pause that begins when the moment has passed saves nothing. `fixed`: where the moment was given.
 */
export function dueOf(calendar: Calendar, measure: Measure, startedAt: Date, pauses: Pause[] = [], fixed?: Date): Date {
  const first = fixed ?? withoutPauses(calendar, measure, startedAt)
  let [due, paused] = [first, 0]
  for (const { fromAt, untilAt } of [...pauses].sort((a, b) => a.fromAt.getTime() - b.fromAt.getTime())) {
    if (untilAt === null || fromAt > due) continue
    paused += lengthOf(calendar, measure.unit, fromAt > startedAt ? fromAt : startedAt, untilAt)
    if (paused > 0) due = movedOn(calendar, measure.unit, first, paused)
  }
  return due
}

/**
 * CAL-02: due soon is the last share of the time there was, and for measures in days at the latest the day itself: the
 * earlier of the two. Never before the start.
 */
export function soonOf(
  calendar: Calendar,
  unit: DeadlineUnit,
  { startedAt, dueAt, pauses = [] }: { startedAt: Date; dueAt: Date; pauses?: Pause[] },
  share: number,
): Date {
  const rest = pauses
    .filter(({ fromAt, untilAt }) => untilAt && fromAt <= dueAt)
    .reduce((sum, { fromAt, untilAt }) => sum + lengthOf(calendar, unit, fromAt, untilAt!), 0)
  const whole = Math.max(0, lengthOf(calendar, unit, startedAt, dueAt) - rest)
  const last = (whole * share) / 100
  const lastShare = isWorking(unit)
    ? subtractWorkingMinutes(calendar, dueAt, last / minute)
    : new Date(dueAt.getTime() - last)
  const theDay = dayStart(dateText(new Date(dueAt.getTime() - 1)))
  const soon = inHours(unit) || lastShare < theDay ? lastShare : theDay
  return soon < startedAt ? startedAt : soon
}

/** When a rung of the ladder is climbed: at once, or when so many more working days have gone by. */
export function stepAt(calendar: Calendar, dueAt: Date, { days }: Pick<Rung, 'days'>): Date {
  return days === 0 ? dueAt : addWorkingDays(calendar, dueAt, days)
}

/** How much of this measure lies between two moments, in milliseconds: office time, or the clock's. */
export function lengthOf(calendar: Calendar, unit: DeadlineUnit, from: Date, until: Date): number {
  if (isWorking(unit)) return workingMinutesBetween(calendar, from, until) * minute
  return Math.max(0, until.getTime() - from.getTime())
}

/** Counted in office time; the rest by the clock. */
export const isWorking = (unit: DeadlineUnit) => unit !== 'hour' && unit !== 'day' && unit !== 'month'
const inHours = (unit: DeadlineUnit) => unit === 'hour' || unit === 'working_hour'

function withoutPauses(calendar: Calendar, { amount, unit }: Measure, from: Date): Date {
  if (unit === 'working_day') return addWorkingDays(calendar, from, amount)
  if (unit === 'working_hour') return addWorkingMinutes(calendar, from, amount * 60)
  if (unit === 'hour') return new Date(from.getTime() + amount * 60 * minute)
  if (unit === 'day') return endOfDayAfter(from, amount)
  if (unit === 'month') return addMonths(from, amount)
  throw new RangeError('a deadline of a given moment needs it')
}

function movedOn(calendar: Calendar, unit: DeadlineUnit, due: Date, paused: number): Date {
  const moved = isWorking(unit)
    ? addWorkingMinutes(calendar, due, paused / minute)
    : new Date(due.getTime() + Math.ceil(paused))
  if (unit === 'working_day') return closeOf(calendar, dateText(new Date(moved.getTime() - 1)))
  if (unit === 'day' || unit === 'month') return dayStart(dateText(new Date(moved.getTime() + day - 1)))
  return moved
}
