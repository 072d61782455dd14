import { addWorkingMinutes, type Calendar } from '../../calendar/reckoning.ts'
import { spanText } from '../../deadlines/spans.ts'
import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { Params } from '../../lib/refused.ts'
import type { Standing } from './queries.ts'

/** So many minutes of office time, as the deadlines tell a time: 2 个工作日 3 小时. */
export function minutesText(t: Translate, calendar: Calendar, minutes: number, now: Date): string {
  if (minutes < 1) return t('deadlines:span.minute', { n: 0 })
  return spanText(t, calendar, 'working_day', now, addWorkingMinutes(calendar, now, minutes))
}

/** What a sentence says of what is used and allowed. */
export function usedParams({ language }: Actor, { allowance, figures, calendar }: Standing, now: Date): Params {
  const { times, used } = allowance
  return {
    times,
    used: minutesText(translate[language], calendar, used, now),
    most: figures.mostTimes,
    mostDays: figures.mostDays,
  }
}
