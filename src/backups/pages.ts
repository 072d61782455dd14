import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { translate, type Language, type Translate } from '../i18n.ts'
import { planOf } from '../jobs/schedule.ts'
import { nextRun } from '../jobs/times.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { Manifest } from './manifest.ts'
import type { BackupState } from './queries.ts'
import { isStale, staleAfter } from './rules.ts'
import { sizeText } from './sizes.ts'

const minute = 60_000
const hour = 60 * minute

export function backupsPage(actor: Actor, state: BackupState, now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  const { backups, lastRun, waiting } = state
  const running = lastRun?.outcome === 'running'
  return {
    run: mayEver(actor, 'backups.run') ? '/backups/run' : null,
    under: running ? progressWords(t, state) : waiting ? t('backups:state.waiting') : null,
    moving: running || waiting,
    callouts: calloutsOf(actor.language, state, now),
    facts: factsOf(t, state, now, calendar),
    rows: backups.map((one) => rowOf(t, one)),
    command: `npm run restore -- ${backups[0] ? backups[0].name : 'kehu-…'}`,
  }
}

function progressWords(t: Translate, { lastRun }: BackupState): string {
  const { done = 0, total = 0 } = (lastRun?.progress ?? {}) as { done?: number; total?: number }
  return t('backups:state.running', { done, total })
}

function calloutsOf(language: Language, { backups, drill, nightly, lastRun }: BackupState, now: Date) {
  const t = translate[language]
  const warn = (strong: string, text: string) => ({ tone: 'warn', strong, text })
  const lastGood = backups[0] ? new Date(backups[0].takenAt) : null
  const hours = staleAfter / hour
  return [
    ...(nightly ? [] : [warn(t('backups:callout.off'), t('backups:callout.offNext'))]),
    ...(nightly && isStale(lastGood, now)
      ? [warn(t('backups:callout.stale', { hours }), t('backups:callout.staleNext'))]
      : []),
    ...(lastRun?.outcome === 'failed'
      ? [
          {
            ...warn(
              t('backups:callout.failed', { at: dateTimeText(lastRun.startedAt) }),
              t('backups:callout.failedNext', { number: String(lastRun.id) }),
            ),
            act: { href: '/jobs/backup.take', word: t('backups:act.jobs') },
          },
        ]
      : []),
    ...contentsCallouts(t, backups[0]),
    ...(drill && !drill.good ? [warn(t('backups:callout.drill'), spoken(language, drill.problem))] : []),
  ]
}

/** What the newest backup found out about the contents of files. */
function contentsCallouts(t: Translate, newest: Manifest | undefined) {
  if (!newest?.contents) return []
  const { kept, missing, changed } = newest.contents
  const wrong = missing + changed > 0
  return [
    ...(wrong
      ? [
          {
            tone: 'bad',
            strong: t('backups:callout.contents', { missing, changed }),
            text: t('backups:callout.contentsNext'),
          },
        ]
      : []),
    ...(kept === 'elsewhere'
      ? [{ tone: 'info', strong: t('backups:callout.elsewhere'), text: t('backups:callout.elsewhereNext') }]
      : []),
  ]
}

/** What a problem says stands there in both languages, one to a line. */
function spoken(language: Language, problem: string | null): string {
  const [zh = '', en = zh] = (problem ?? '').split('\n')
  return language === 'zh' ? zh : en
}

function factsOf(t: Translate, state: BackupState, now: Date, calendar: Calendar) {
  const { backups, drill, nightly, encrypts, folder, keep } = state
  const last = backups[0] && new Date(backups[0].takenAt)
  const next = nightly ? nextRun(planOf('backup.nightly').schedule!, now, calendar) : null
  return [
    {
      label: t('backups:fact.last'),
      value: last ? `${dateTimeText(last)} · ${agoWords(t, now.getTime() - last.getTime())}` : t('backups:never'),
    },
    { label: t('backups:fact.next'), value: next ? dateTimeText(next) : t('backups:nextNone') },
    {
      label: t('backups:fact.drill'),
      value: drill
        ? t(drill.good ? 'backups:drillGood' : 'backups:drillBad', {
            at: dateTimeText(new Date(drill.at)),
            rows: drill.rows.toLocaleString('en-US'),
            took: tookWords(t, drill.tookMs),
          })
        : t('backups:never'),
    },
    { label: t('backups:fact.encryption'), value: t(encrypts ? 'backups:encryptedAll' : 'backups:plainAll') },
    { label: t('backups:fact.kept'), value: t('backups:keptWords', { n: keep }) },
    { label: t('backups:fact.folder'), value: folder, wide: true },
  ]
}

function rowOf(t: Translate, one: Manifest) {
  return {
    at: dateTimeText(new Date(one.takenAt)),
    datetime: one.takenAt,
    name: one.name,
    rows: one.rows.toLocaleString('en-US'),
    files: one.files.count.toLocaleString('en-US'),
    size: sizeText(one.stored),
    took: tookWords(t, one.tookMs),
    product: one.product,
    encrypted: t(one.salt ? 'backups:encrypted' : 'backups:plain'),
  }
}

function agoWords(t: Translate, ms: number): string {
  if (ms < hour) return t('backups:ago.now')
  return ms < 48 * hour
    ? t('backups:ago.hours', { n: Math.floor(ms / hour) })
    : t('backups:ago.days', { n: Math.floor(ms / 24 / hour) })
}

function tookWords(t: Translate, ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 1) return t('backups:under')
  return seconds < 60
    ? t('backups:seconds', { n: seconds })
    : t('backups:minutes', { m: Math.floor(seconds / 60), s: seconds % 60 })
}
