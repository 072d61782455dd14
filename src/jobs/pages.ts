import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { givenUp, lastRuns, longRuns, standings, type GivenUpJob, type Run, type Standing } from './queries.ts'
import { jobNames, planOf, wordOf } from './schedule.ts'
import { didWords, nameOf, nextWords, scheduleWords, shortTime, tones, tookWords } from './sentences.ts'

const week = 7 * 24 * 60 * 60_000

export async function jobsPage(actor: Actor, now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  const since = new Date(now.getTime() - week)
  const [last, going, counts, failed] = await Promise.all([lastRuns(), longRuns(), standings(since), givenUp()])
  const mayRun = mayEver(actor, 'jobs.rerun')
  return {
    going: going.map((run) => goingModel(run, t, now)),
    jobs: jobNames.map((job) => ({
      href: `/jobs/${job}`,
      name: nameOf(t, job),
      does: t(`jobs:does.${wordOf(job)}`),
      schedule: scheduleWords(t, job),
      next: nextWords(t, job, now, calendar),
      last: lastModel(
        last.find((run) => run.job === job),
        t,
        now,
      ),
      ...standingModel(
        counts.find((one) => one.job === job),
        t,
      ),
      run: mayRun && planOf(job).schedule ? `/jobs/${job}/run` : null,
    })),
    failed: failed.map((one) => failedModel(one, t, mayRun)),
    moving: going.length > 0 || counts.some(({ job, waiting }) => planOf(job).long && waiting > 0),
  }
}

function goingModel(run: Run, t: Translate, now: Date) {
  const { done, total } = run.progress as { done: number; total: number }
  const words = t('jobs:progress', { done, total })
  return {
    name: nameOf(t, run.job),
    subject: run.subject ?? '',
    href: `/jobs/${run.job}`,
    at: shortTime(run.startedAt, now),
    datetime: run.startedAt.toISOString(),
    progress: { done, total: Math.max(total, 1), words },
  }
}

function lastModel(run: Run | undefined, t: Translate, now: Date) {
  if (!run) return null
  return {
    at: shortTime(run.startedAt, now),
    datetime: run.startedAt.toISOString(),
    took: tookWords(t, run),
    tone: tones[run.outcome],
    outcome: t(`jobs:outcome.${run.outcome}`),
    did: didWords(t, run),
  }
}

function standingModel(standing: Standing | undefined, t: Translate) {
  const { failures = 0, waiting = 0, retrying = 0, failed = 0 } = standing ?? {}
  const parts = [
    ...(waiting ? [t('jobs:waiting', { n: waiting })] : []),
    ...(retrying ? [t('jobs:retrying', { n: retrying })] : []),
    ...(failed ? [t('jobs:failed', { n: failed })] : []),
  ]
  return { failures, queue: parts.join(t('web:comma')) || t('jobs:queueEmpty'), idle: parts.length === 0 }
}

function failedModel({ id, job, subject, attempts, error, at }: GivenUpJob, t: Translate, mayRun: boolean) {
  return {
    name: nameOf(t, job),
    href: `/jobs/${job}`,
    subject: subject ?? '',
    attempts: t('jobs:times', { n: attempts }),
    error: error ?? t('jobs:died'),
    at: dateTimeText(at),
    rerun: mayRun ? `/jobs/${job}/failed/${id}` : null,
  }
}
