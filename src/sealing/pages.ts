import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { Check, SealLine } from './queries.ts'
import { checkSentence, countWords, findingSentence } from './sentences.ts'

type Found = { checks: Check[]; seals: SealLine[]; underWay: { done: number; total: number } | null }

/** /audit/seals: what the last check found, the checks before it, and the latest batches. */
export function sealsPage(actor: Actor, { checks, seals, underWay }: Found) {
  const t = translate[actor.language]
  const last = checks[0]
  return {
    state: checkSentence(t, last),
    broken: last && last.places > 0 ? brokenModel(last, t) : null,
    going: underWay ? goingModel(underWay, t) : null,
    mayCheck: mayEver(actor, 'audit.verify'),
    mayExport: mayEver(actor, 'audit.export'),
    checks: checks.map((check) => checkModel(check, t)),
    seals: seals.map(({ n, sealedAt, entries, total, hash }) => ({
      n: String(n),
      at: dateTimeText(sealedAt),
      datetime: sealedAt.toISOString(),
      entries,
      total: Number(total),
      hash,
    })),
  }
}

function brokenModel({ findings, places }: Check, t: Translate) {
  const listed = findings.reduce((sum, { n }) => sum + n, 0)
  return {
    findings: findings.map((finding) => findingSentence(t, finding)),
    more: places > listed ? t('sealing:more', { n: places - listed }) : '',
  }
}

function goingModel({ done, total }: { done: number; total: number }, t: Translate) {
  return { done, total: Math.max(total, 1), words: total ? t('sealing:state.runningAt', { done, total }) : '' }
}

function checkModel(check: Check, t: Translate) {
  const good = check.places === 0
  return {
    at: dateTimeText(check.at),
    datetime: check.at.toISOString(),
    by: check.by || t('sealing:system'),
    tone: good ? 'ok' : 'bad',
    outcome: good ? t('sealing:outcome.ok') : t('sealing:outcome.bad', { places: check.places }),
    counts: countWords(t, check),
    head: check.head ? t('sealing:headAt', { n: check.head.n }) : t('sealing:noHead'),
  }
}
