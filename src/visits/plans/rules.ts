import { closeOf, isWorkingDay, type Calendar } from '../../calendar/reckoning.ts'
import { workingDayFrom } from '../../calendar/week.ts'
import { dateText } from '../../lib/dates.ts'
import { daysOfMonth, monthAfter, monthOf } from '../../lib/months.ts'
import type { Refusal } from '../../lib/refused.ts'
import type { Timing } from '../changing/rules.ts'

/** A plan has no more lines than anybody could go to. */
export const mostLines = 200

/** VIS-01: the close of the last working day of the month before. */
export const planDue = (calendar: Calendar, month: string): Date =>
  closeOf(calendar, workingDayFrom(calendar, `${month}-01`, 1, -1))

/** VIS-01: the months one can plan for: this one, which is late, and the three to come. */
export const monthsToPlan = (now: Date): string[] => [0, 1, 2, 3].map((later) => monthAfter(monthOf(now), later))

export const isOver = (month: string, now: Date): boolean => month < monthOf(now)

/** With its hour open, a day is past when it is over. */
export const isPast = ({ startsAt, timed }: Timing, now: Date): boolean =>
  timed ? startsAt <= now : dateText(startsAt) < dateText(now)

/** VIS-01, VIS-02: a line lies in the plan's month, and is still to come. */
export function timeProblems(month: string, timing: Timing, now: Date): Refusal[] {
  const refuse = (reason: Refusal['reason'], params = {}): Refusal[] => [
    { rule: 'VIS-02', reason, field: 'day', params },
  ]
  if (monthOf(timing.startsAt) !== month) return refuse('visitPlans:refused.outsideMonth', { month })
  return isPast(timing, now) ? refuse('visitPlans:refused.past', { day: dateText(timing.startsAt) }) : []
}

type Line = Timing & { id: bigint; customerId: bigint | null; party: string; minutes: number; cancelled: boolean }

/** VIS-02: nobody is visited twice at the same time. */
export function twiceProblems(lines: readonly Line[], line: Omit<Line, 'id' | 'cancelled'>, own?: bigint): Refusal[] {
  const twin = lines.find(
    (one) =>
      !one.cancelled &&
      one.id !== own &&
      (line.customerId === null ? one.party === line.party : one.customerId === line.customerId) &&
      one.startsAt.getTime() === line.startsAt.getTime() &&
      one.timed === line.timed,
  )
  if (!twin) return []
  const params = { party: twin.party, day: dateText(twin.startsAt) }
  return [{ rule: 'VIS-02', reason: 'visitPlans:refused.twice', field: 'day', params }]
}

/** Timed visits that run into one another, by id: one cannot be at both. */
export function overlapping(lines: readonly Line[]): Set<bigint> {
  const timed = lines.filter(({ timed, cancelled }) => timed && !cancelled)
  const sorted = timed.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const found = new Set<bigint>()
  let last: Line | null = null
  for (const line of sorted) {
    if (last && line.startsAt < endOf(last)) found.add(line.id).add(last.id)
    if (!last || endOf(line) > endOf(last)) last = line
  }
  return found
}

const endOf = ({ startsAt, minutes }: Line) => new Date(startsAt.getTime() + minutes * 60_000)

export type Filed = {
  month: string
  lines: readonly (Timing & { party: string })[]
  asked: number
  reason: string | null
  unreported: number
  mostUnreported: number
}

/** VIS-01, VIS-02, VIS-06: what stands against handing the plan in. */
export function submissionProblems({ month, lines, ...filed }: Filed, now: Date): Refusal[] {
  if (isOver(month, now)) return [{ rule: 'VIS-01', reason: 'visitPlans:refused.monthOver', params: { month } }]
  if (lines.length === 0) return [{ rule: 'VIS-01', reason: 'visitPlans:refused.empty' }]
  return [
    ...unreportedProblems(filed.unreported, filed.mostUnreported),
    ...lines.flatMap((line) => misplaced(month, line, now)),
    ...fewProblems(lines.length, filed.asked, filed.reason),
  ]
}

/** VIS-06: with so many reports overdue no plan is handed in. */
export function unreportedProblems(n: number, most: number): Refusal[] {
  return n < most ? [] : [{ rule: 'VIS-06', reason: 'visitPlans:refused.unreported', params: { n, most } }]
}

function misplaced(month: string, line: Timing & { party: string }, now: Date): Refusal[] {
  return timeProblems(month, line, now).map(({ rule, reason }) => ({
    rule,
    reason: reason === 'visitPlans:refused.past' ? 'visitPlans:refused.linePast' : 'visitPlans:refused.lineOutside',
    params: { party: line.party, day: dateText(line.startsAt), month },
  }))
}

/** VIS-01: fewer than the post asks for may be planned, with the reason. */
function fewProblems(planned: number, asked: number, reason: string | null): Refusal[] {
  if (planned >= asked || reason) return []
  return [{ rule: 'VIS-01', reason: 'visitPlans:refused.fewer', field: 'reason', params: { planned, asked } }]
}

/** The working days of a month that are still to come. */
export function freeDays(calendar: Calendar, month: string, now: Date): string[] {
  const today = dateText(now)
  return daysOfMonth(month).filter((day) => day > today && isWorkingDay(calendar, day))
}

/** So many of one district make a day's round. */
export const dayRound = 3

type Stop = { day: string; district: string | null }

/**
 * VIS-10: a day for each: with others of its district as long as the day's round is not full, else the day with the
 * fewest visits then, the earliest of them; none where no day is left.
 */
export function spread(
  days: readonly string[],
  taken: readonly Stop[],
  districts: readonly (string | null)[],
): string[] {
  if (days.length === 0) return []
  const stops = taken.filter(({ day }) => days.includes(day))
  const on = (day: string) => stops.filter((stop) => stop.day === day)
  return districts.map((district) => {
    const near = (day: string) => on(day).some((stop) => district !== null && stop.district === district)
    const least = Math.min(...days.map((day) => on(day).length))
    const day =
      days.find((one) => near(one) && on(one).length < dayRound) ?? days.find((one) => on(one).length === least)!
    stops.push({ day, district })
    return day
  })
}
