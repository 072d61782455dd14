import type { VisitState } from '../../../prisma/client/enums.ts'
import { dateText, dateTimeText, dayStart } from '../../lib/dates.ts'
import type { Refusal } from '../../lib/refused.ts'
import { visitStates } from '../states.ts'

const dayMs = 86_400_000
const mostAhead = 366

/** A day without an hour: somewhere in its middle, so that it lies on that day whatever it is reckoned with. */
const openHour = 9 * 60

export type Timing = { startsAt: Date; timed: boolean }

/** 2026-11-24 and 14:30; without an hour it may be anywhere in the day. */
export function timingOf(day: string, time: string | null): Timing {
  const [h = 0, m = 0] = (time ?? '').split(':').map(Number)
  const minutes = time === null ? openHour : h * 60 + m
  return { startsAt: new Date(dayStart(day).getTime() + minutes * 60_000), timed: time !== null }
}

type Planned = Timing & { minutes: number }

/** VIS-05: a visit is moved to another time that is still to come, within a year. */
export function moveProblems(was: Planned, to: Planned, now: Date): Refusal[] {
  const refuse = (reason: Refusal['reason'], params = {}): Refusal[] => [
    { rule: 'VIS-05', reason, field: 'day', params },
  ]
  if (isSame(was, to)) return refuse('visitDay:refused.same')
  if (isPast(to, now)) return refuse('visitDay:refused.past', { at: dateTimeText(to.startsAt) })
  return to.startsAt.getTime() - now.getTime() > mostAhead * dayMs ? refuse('visitDay:refused.farAhead') : []
}

const isSame = (was: Planned, to: Planned) =>
  was.startsAt.getTime() === to.startsAt.getTime() && was.timed === to.timed && was.minutes === to.minutes

/** With its hour open, a day is past when it is over; today still holds it. */
const isPast = ({ startsAt, timed }: Timing, now: Date) =>
  timed ? startsAt <= now : dateText(startsAt) < dateText(now)

/** Nobody arrives before the day: going earlier is rescheduling. */
export function arrivalProblems({ startsAt }: Pick<Timing, 'startsAt'>, now: Date): Refusal[] {
  const day = dateText(startsAt)
  if (day <= dateText(now)) return []
  return [{ rule: 'VIS-05', reason: 'visitDay:refused.tooEarly', params: { day } }]
}

/** When somebody was there: now, or as it was planned where that is over; of an earlier day only the plan says. */
export const arrivedAt = ({ startsAt }: Pick<Timing, 'startsAt'>, when: 'now' | 'planned', now: Date): Date =>
  (when === 'planned' && startsAt < now) || dateText(startsAt) < dateText(now) ? startsAt : now

/** Whether it can be said that one has been there at the planned time already. */
export const isOver = ({ startsAt, minutes }: Pick<Planned, 'startsAt' | 'minutes'>, now: Date): boolean =>
  startsAt.getTime() + minutes * 60_000 <= now.getTime()

type Waited = { state: VisitState; reportDueAt: Date | null }

/** VIS-06: of what should be reported by now it is said what became of it; moving it away would start the clock anew. */
export function overdueProblems({ state, reportDueAt }: Waited, now: Date): Refusal[] {
  if (state !== 'approved' || reportDueAt === null || reportDueAt >= now) return []
  const params = { due: dateTimeText(reportDueAt) }
  return [{ rule: 'VIS-06', reason: 'visitDay:refused.overdue', params }]
}

/**
 * VIS-05, VIS-06: what stands against moving it to another time or customer: it is arranged, and nothing of it is overdue. A
 * line that is still being planned is changed in its plan, so that the head decides what it becomes.
 */
export const movingProblems = (visit: Waited, now: Date): Refusal[] => [
  ...visitStates.problems(visit.state, 'reschedule'),
  ...overdueProblems(visit, now),
]

/** No visit is longer. */
export const mostMinutes = 720

/** VIS-06: leaving is noted when one leaves; noted days later, it would put off the report. */
export const isStillThere = (
  { arrivedAt, leftAt }: { arrivedAt: Date | null; leftAt: Date | null },
  now: Date,
): boolean => leftAt === null && arrivedAt !== null && now.getTime() - arrivedAt.getTime() <= mostMinutes * 60_000
