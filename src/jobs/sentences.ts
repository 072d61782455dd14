import type { Calendar } from '../calendar/reckoning.ts'
import type { Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { Run } from './queries.ts'
import { planOf, wordOf, type JobName } from './schedule.ts'
import { nextRun } from './times.ts'

export const tones = { running: 'go', done: 'ok', failed: 'bad', stopped: 'warn' } as const

export const nameOf = (t: Translate, job: JobName) => t(`jobs:name.${wordOf(job)}`)

export function scheduleWords(t: Translate, job: JobName): string {
  const { schedule } = planOf(job)
  if (!schedule) return t('jobs:schedule.asked')
  if ('every' in schedule)
    return schedule.every === 1 ? t('jobs:schedule.minute') : t('jobs:schedule.minutes', { n: schedule.every })
  const times = schedule.at.join(t('web:comma'))
  return t(schedule.onWorkingDays ? 'jobs:schedule.workingDays' : 'jobs:schedule.daily', { times })
}

/** The time alone when it is today's. */
export function nextWords(t: Translate, job: JobName, now: Date, calendar: Calendar): string {
  const { schedule } = planOf(job)
  if (!schedule) return '—'
  const next = nextRun(schedule, now, calendar)
  return next ? shortTime(next, now) : t('jobs:nextNone')
}

export function shortTime(moment: Date, now: Date): string {
  const text = dateTimeText(moment)
  return dateText(moment) === dateText(now) ? text.slice(11) : text
}

export function tookWords(t: Translate, { startedAt, endedAt, outcome }: Run): string {
  if (outcome === 'running') return t('jobs:going')
  const seconds = Math.floor(((endedAt ?? startedAt).getTime() - startedAt.getTime()) / 1000)
  if (seconds < 1) return t('jobs:under')
  return seconds < 60
    ? t('jobs:seconds', { n: seconds })
    : t('jobs:minutes', { m: Math.floor(seconds / 60), s: seconds % 60 })
}

const counts = [
  'soon',
  'overdue',
  'escalated',
  'expired',
  'rerouted',
  'made',
  'sent',
  'failed',
  'moved',
  'sealed',
  'asked',
  'rows',
  'drilled',
  'told',
  'cleared',
  'settled',
] as const

/** What a run did, from what its handler answered with; empty for those that count nothing. */
export function didWords(t: Translate, { progress, error, outcome }: Run): string {
  if (error) return t('jobs:error', { error })
  if (!progress) return ''
  if (typeof progress['total'] === 'number')
    return t('jobs:progress', { done: Number(progress['done']), total: progress['total'] })
  const said = counts.filter((name) => Number(progress[name]) > 0)
  const words = said.map((name) => t(`jobs:result.${name}`, { n: Number(progress[name]) }))
  return words.join(t('web:comma')) || (outcome === 'done' ? t('jobs:result.nothing') : '')
}
