import { addWorkingMinutes, workingMinutesBetween, type Calendar } from '../../calendar/reckoning.ts'
import type { ComplaintState } from '../../../prisma/client/enums.ts'

/** Steps in which the customer can have something to do; the others wait for ourselves. */
export const waitingStates: readonly ComplaintState[] = ['received', 'investigating', 'proposing', 'telling', 'asking']

export type Paused = { fromAt: Date; untilAt: Date | null }
export type PauseFigures = { mostTimes: number; mostDays: number }

/** CMP-21: how much of what is allowed is used. In minutes of office time. */
export type Allowance = { times: number; timesLeft: number; used: number; left: number }

/** The office time of a working day, in minutes. */
export const dayMinutes = ({ ranges }: Calendar): number =>
  ranges.reduce((sum, { from, until }) => sum + until - from, 0)

/** CMP-21: at most so often and so many working days in all. A pause that lasts counts up to now. */
export function allowanceOf(
  calendar: Calendar,
  pauses: readonly Paused[],
  { mostTimes, mostDays }: PauseFigures,
  now: Date,
): Allowance {
  const used = pauses.reduce(
    (sum, { fromAt, untilAt }) => sum + workingMinutesBetween(calendar, fromAt, untilAt ?? now),
    0,
  )
  const most = mostDays * dayMinutes(calendar)
  const timesLeft = Math.max(0, mostTimes - pauses.length)
  return { times: pauses.length, timesLeft, used, left: Math.max(0, most - used) }
}

/** When the days are used up. */
export const mostUntil = (calendar: Calendar, { left }: Allowance, now: Date): Date =>
  addWorkingMinutes(calendar, now, left)

export type PauseProblem = 'paused' | 'state' | 'times' | 'days' | 'noContact'

type Asked = { state: ComplaintState; paused: boolean; reached: boolean }

/** CMP-21: why it cannot be paused now: only while the customer has something to do, so often and so long. */
export function pauseProblem(
  { state, paused, reached }: Asked,
  { timesLeft, left }: Pick<Allowance, 'timesLeft' | 'left'>,
): PauseProblem | null {
  if (paused) return 'paused'
  if (!waitingStates.includes(state)) return 'state'
  if (timesLeft === 0) return 'times'
  // Less than a minute is nothing to pause.
  if (left < 1) return 'days'
  return reached ? null : 'noContact'
}
