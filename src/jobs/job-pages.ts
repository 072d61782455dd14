import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { RunsQuery } from './forms.ts'
import { runsOf, runsPerPage, type Run } from './queries.ts'
import { planOf, wordOf, type JobName } from './schedule.ts'
import { didWords, nameOf, nextWords, scheduleWords, tones, tookWords } from './sentences.ts'

/** The runs of one job, newest first. */
export async function jobPage(actor: Actor, job: JobName, { before }: RunsQuery, now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  const found = await runsOf(job, before)
  const runs = found.slice(0, runsPerPage)
  const next = found.length > runsPerPage ? { next: `/jobs/${job}?before=${runs.at(-1)!.id}` } : {}
  return {
    name: nameOf(t, job),
    does: t(`jobs:does.${wordOf(job)}`),
    facts: [
      { label: t('jobs:column.schedule'), value: scheduleWords(t, job) },
      { label: t('jobs:column.next'), value: nextWords(t, job, now, calendar) },
    ],
    run: mayEver(actor, 'jobs.rerun') && planOf(job).schedule ? `/jobs/${job}/run` : null,
    moving: !before && runs.some(({ outcome }) => outcome === 'running') && planOf(job).long === true,
    runs: runs.map((run) => runModel(run, t, mayEver(actor, 'imports.view'))),
    subjects: runs.some(({ subject }) => subject),
    pager: {
      words: t('jobs:pager', { n: runsPerPage }),
      ...(before ? { previous: `/jobs/${job}` } : {}),
      ...next,
    },
  }
}

function runModel(run: Run, t: Translate, seesImports: boolean) {
  const isImport = run.job === 'imports.run' && run.subject !== null && seesImports
  return {
    number: String(run.id),
    at: dateTimeText(run.startedAt),
    datetime: run.startedAt.toISOString(),
    took: tookWords(t, run),
    attempt: run.attempt,
    tone: tones[run.outcome],
    outcome: t(`jobs:outcome.${run.outcome}`),
    subject: run.subject ?? '',
    href: isImport ? `/imports/${run.subject}` : null,
    did: didWords(t, run),
  }
}
