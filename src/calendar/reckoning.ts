import { Temporal } from 'temporal-polyfill'
import { dateText, dayStart } from '../lib/dates.ts'
import type { Range } from '../regulations/parameters.ts'
import { isWorkingDay, numberOf, textOf, workingDayFrom, type Calendar } from './week.ts'

export { isWorkingDay, type Calendar } from './week.ts'

const minute = 60_000

/** The moment the office closes on this day, were it a working day. */
export function closeOf(calendar: Calendar, day: string): Date {
  return at(day, (calendar.ranges.at(-1)?.until ?? 0) * minute)
}

/**
 * CAL-01: the close of the n-th working day after the event's day, whatever the hour of the event. With n = 0: the close
 * of the event's own day while the office has not closed, otherwise of the next working day.
 */
export function addWorkingDays(calendar: Calendar, from: Date, n: number): Date {
  demand(n)
  const day = dateText(from)
  const stillToday = n === 0 && isWorkingDay(calendar, day) && from < closeOf(calendar, day)
  return closeOf(calendar, stillToday ? day : workingDayFrom(calendar, day, Math.max(n, 1)))
}

/** The way back: the close of the n-th working day before the day; with n = 0, the last close that is not later. */
export function subtractWorkingDays(calendar: Calendar, until: Date, n: number): Date {
  demand(n)
  const day = endingDay(until)
  const closedToday = n === 0 && isWorkingDay(calendar, day) && until >= closeOf(calendar, day)
  return closeOf(calendar, closedToday ? day : workingDayFrom(calendar, day, Math.max(n, 1), -1))
}

/** The first moment at which so much office time has gone by; parts of a minute count. */
export function addWorkingMinutes(calendar: Calendar, from: Date, minutes: number): Date {
  demand(minutes)
  if (minutes === 0) return from
  const day = dateText(from)
  const length = openIn(calendar.ranges, Infinity)
  // Counted from the opening of the first day on which anything is open.
  let left = Math.round(minutes * minute)
  let on = day
  if (isWorkingDay(calendar, day)) left += openIn(calendar.ranges, since(day, from))
  else on = workingDayFrom(calendar, day, 1)
  const whole = wholeDays(left, length)
  return at(workingDayFrom(calendar, on, whole), placeAfter(calendar.ranges, left - whole * length))
}

/** The last moment from which so much office time is left until this one. */
export function subtractWorkingMinutes(calendar: Calendar, until: Date, minutes: number): Date {
  demand(minutes)
  if (minutes === 0) return until
  const day = dateText(until)
  const length = openIn(calendar.ranges, Infinity)
  // Counted back from the close of the last day on which anything was open.
  let left = Math.round(minutes * minute)
  let on = day
  if (isWorkingDay(calendar, day)) left += length - openIn(calendar.ranges, since(day, until))
  else on = workingDayFrom(calendar, day, 1, -1)
  const whole = wholeDays(left, length)
  return at(workingDayFrom(calendar, on, whole, -1), placeBefore(calendar.ranges, length - (left - whole * length)))
}

/** Office time from one moment to another, in minutes and parts of them; 0 when the second is not later. */
export function workingMinutesBetween(calendar: Calendar, a: Date, b: Date): number {
  if (b <= a) return 0
  const length = openIn(calendar.ranges, Infinity)
  const [first, last] = [dateText(a), dateText(b)]
  let open = 0
  for (let day = numberOf(first); day < numberOf(last); day++) if (isWorkingDay(calendar, textOf(day))) open += length
  if (isWorkingDay(calendar, first)) open -= openIn(calendar.ranges, since(first, a))
  if (isWorkingDay(calendar, last)) open += openIn(calendar.ranges, since(last, b))
  return open / minute
}

/** "n days" without "working": 24:00 of the n-th day after the event's day. */
export function endOfDayAfter(from: Date, days: number): Date {
  return dayStart(dateText(from), days + 1)
}

/** 24:00 of the same day some months on; of the month's last day where it has none such (民法典 202). */
export function addMonths(from: Date, months: number): Date {
  return dayStart(Temporal.PlainDate.from(dateText(from)).add({ months }).toString(), 1)
}

/** Open from the first minute of a range; at its last the office is closed. */
export function isOpen(calendar: Calendar, moment: Date): boolean {
  const day = dateText(moment)
  const ms = since(day, moment)
  return (
    isWorkingDay(calendar, day) && calendar.ranges.some(({ from, until }) => from * minute <= ms && ms < until * minute)
  )
}

/** The moment itself while the office is open. */
export function nextOpening(calendar: Calendar, moment: Date): Date {
  if (isOpen(calendar, moment)) return moment
  const day = dateText(moment)
  const ms = since(day, moment)
  const later = isWorkingDay(calendar, day) && calendar.ranges.find(({ from }) => from * minute > ms)
  if (later) return at(day, later.from * minute)
  return at(workingDayFrom(calendar, day, 1), (calendar.ranges[0]?.from ?? 0) * minute)
}

/** Whether the state's arrangement of every year touched has been entered; otherwise the answer is a forecast. */
export function isKnown(calendar: Calendar, from: Date, until: Date): boolean {
  const last = Number(endingDay(until).slice(0, 4))
  for (let year = Number(dateText(from).slice(0, 4)); year <= last; year++) if (!calendar.years.has(year)) return false
  return true
}

function demand(n: number): void {
  if (!(n >= 0 && Number.isFinite(n))) throw new RangeError('a deadline has a length of 0 or more')
}

const at = (day: string, ms: number) => new Date(dayStart(day).getTime() + ms)
const since = (day: string, moment: Date) => moment.getTime() - dayStart(day).getTime()
/** The day that a moment ends: 00:00 is the 24:00 of the day before. */
const endingDay = (moment: Date) => dateText(new Date(moment.getTime() - 1))

/** Office time gone by on a working day, so many milliseconds after its beginning. */
function openIn(ranges: readonly Range[], ms: number): number {
  return ranges.reduce((sum, { from, until }) => sum + Math.max(0, Math.min(ms, until * minute) - from * minute), 0)
}

/** So that a whole number of days ends at a close, not at the next opening. */
function wholeDays(open: number, length: number): number {
  if (length <= 0) throw new RangeError('the calendar has no office hours')
  return Math.ceil(open / length) - 1
}

/** Where in the day so much office time has gone by: at the earliest. */
function placeAfter(ranges: readonly Range[], open: number): number {
  const found = ranges.find(({ until }) => openIn(ranges, until * minute) >= open)!
  return found.until * minute - (openIn(ranges, found.until * minute) - open)
}

/** Where in the day so much office time has gone by: at the latest, which is after a break rather than before it. */
function placeBefore(ranges: readonly Range[], open: number): number {
  const found = ranges.findLast(({ from }) => openIn(ranges, from * minute) <= open)!
  return found.from * minute + (open - openIn(ranges, found.from * minute))
}
