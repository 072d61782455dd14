import { isDay } from '../../calendar/week.ts'
import { dateText, dayStart } from '../../lib/dates.ts'
import type { Refusal } from '../../lib/refused.ts'
import type { At } from '../figure.ts'
import { dayProblems } from './rules.ts'

/** Which day's figure is shown; where the day asked for cannot be, today's, and why. */
export function atOf(on: string, now: Date): { at: At; problems: Refusal[] } {
  const today = dateText(now)
  if (on === '' || on === today) return { at: { day: today, until: null, now }, problems: [] }
  const problems = dayProblems(isDay(on) ? on : '', today)
  if (problems.length > 0) return { at: { day: today, until: null, now }, problems }
  return { at: on < today ? past(on) : { day: on, until: null, now: dayStart(on) }, problems }
}

/** By what was known, and in force, as the day ended. */
function past(day: string): At {
  const until = dayStart(day, 1)
  return { day, until, now: new Date(until.getTime() - 1) }
}
