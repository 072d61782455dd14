import type { RequestHandler } from 'express'
import { signedIn } from '../access/actor.ts'
import { translate, type Language } from '../i18n.ts'
import { now } from '../lib/clock.ts'
import { dateText, dateTimeText, dayStart } from '../lib/dates.ts'
import type { OfficeClock } from '../web/shell.ts'
import { calendarAt } from './queries.ts'
import { closeOf, isWorkingDay, workingMinutesBetween, type Calendar } from './reckoning.ts'
import { clockText, dayText, lengthText, nameText } from './texts.ts'

/** The clock in the top bar: working-day deadlines end at close, so everybody sees how far off that is. */
export function officeClock(language: Language, calendar: Calendar, at: Date): OfficeClock {
  const t = translate[language]
  const day = dateText(at)
  const working = isWorkingDay(calendar, day)
  const name = nameText(t, calendar.days.get(day)?.name ?? '')
  return {
    moment: `${dayText(t, day)} ${dateTimeText(at).slice(11)}`,
    day: working ? t(name ? 'calendar:office.madeUp' : 'calendar:office.working', { name }) : t('calendar:office.rest'),
    state: working
      ? stateOf(language, calendar, at)
      : t(name ? 'calendar:office.closedFor' : 'calendar:office.closed', { name }),
  }
}

function stateOf(language: Language, calendar: Calendar, at: Date): string {
  const t = translate[language]
  const day = dateText(at)
  const minute = (at.getTime() - dayStart(day).getTime()) / 60_000
  const next = calendar.ranges.findIndex(({ until }) => minute < until)
  const range = calendar.ranges[next]
  if (!range) return t('calendar:office.after')
  if (minute < range.from)
    return t(next === 0 ? 'calendar:office.before' : 'calendar:office.pause', { at: clockText(range.from) })
  const left = Math.ceil(workingMinutesBetween(calendar, at, closeOf(calendar, day)))
  const last = next === calendar.ranges.length - 1
  return t(last ? 'calendar:office.left' : 'calendar:office.leftBroken', { time: lengthText(t, left) })
}

/** For the top bar of every page of a signed-in person; the calendar is remembered, so that no query is added. */
export const attachOffice: RequestHandler = async (_req, res, next) => {
  const { actor } = res.locals
  const at = now()
  if (signedIn(actor)) res.locals.office = officeClock(actor.language, await calendarAt(at), at)
  next()
}
