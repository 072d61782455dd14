import type { DeadlineUnit } from '../../prisma/client/enums.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import type { Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { lengthOf, stateOf, type Moments, type Pause } from './rules.ts'
import { spanText } from './spans.ts'

/** What a tag needs to know of a deadline; without its pauses, the time used is what went by. */
export type Tagged = Moments & { startedAt: Date; unit: DeadlineUnit; pauses?: Pause[] }
export type Tag = { state: string; words: string; moment?: string; datetime?: string }

/** CAL-02: shape, words and the moment, for partials/deadline. */
export function deadlineTag(t: Translate, deadline: Tagged, now: Date, calendar: Calendar): Tag {
  const state = stateOf(deadline, now)
  const { dueAt, metAt, pausedAt, startedAt, unit, pauses = [] } = deadline
  const span = (from: Date, until: Date) => spanText(t, calendar, unit, from, until)
  const moment = { moment: momentText(dueAt, now), datetime: dueAt.toISOString() }
  if (state === 'cancelled') return { state: 'paused', words: t('deadlines:tag.cancelled') }
  if (state === 'met') {
    const used = spanText(t, calendar, unit, startedAt, metAt!, pausedIn(calendar, unit, pauses, metAt!))
    return { state, words: t('deadlines:tag.met', { span: used }) }
  }
  // After the close no office time goes by: there is nothing to count yet.
  const past = (until: Date) => lengthOf(calendar, unit, dueAt, until) >= 60_000
  if (state === 'late')
    return {
      state,
      words: past(metAt!) ? t('deadlines:tag.late', { span: span(dueAt, metAt!) }) : t('deadlines:tag.lateNow'),
    }
  if (state === 'overdue') {
    const words = past(now) ? t('deadlines:tag.overdue', { span: span(dueAt, now) }) : t('deadlines:tag.overdueNow')
    return { state, words, ...moment }
  }
  if (state === 'paused') {
    const left = pausedAt! > dueAt ? t('deadlines:tag.pausedOverdue') : span(pausedAt!, dueAt)
    const words = t('deadlines:tag.paused', { span: spanText(t, calendar, 'day', pausedAt!, now) })
    return { state, words, moment: pausedAt! > dueAt ? left : t('deadlines:tag.left', { span: left }) }
  }
  return { state, words: t('deadlines:tag.left', { span: span(now, dueAt) }), ...moment }
}

/** 17:30 today, 11-25 17:30 this year, 2027-02-24 beyond; the end of a day is its 24:00. */
export function momentText(moment: Date, now: Date): string {
  const text = endText(moment)
  if (text.slice(0, 10) === dateText(now)) return text.slice(11)
  return text.slice(0, 4) === dateText(now).slice(0, 4) ? text.slice(5) : text.slice(0, 10)
}

/** 2026-11-25 17:30; midnight belongs to the day that it ends. */
export function endText(moment: Date): string {
  const text = dateTimeText(moment)
  return text.endsWith('00:00') ? `${dateText(new Date(moment.getTime() - 1))} 24:00` : text
}

function pausedIn(calendar: Calendar, unit: DeadlineUnit, pauses: Pause[], until: Date): number {
  return pauses.reduce((sum, { fromAt, untilAt }) => sum + lengthOf(calendar, unit, fromAt, untilAt ?? until), 0)
}
