import type { ActionState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { actionSentence, type AuditAction } from '../../audit/actions.ts'
import type { Calendar } from '../../calendar/reckoning.ts'
import type { OfCustomer } from '../../deadlines/queries.ts'
import { deadlinesSection } from '../../deadlines/section.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import { seesComplaint } from '../policy.ts'
import { measurePolicy } from './policy.ts'
import { measurePath, type Measure, type MeasureLine } from './queries.ts'
import { effectOn, isUnmanned } from './rules.ts'
import { isUnderWay } from './states.ts'

export const tones = {
  proposed: 'wait',
  approved: 'go',
  done: 'go',
  verified: 'go',
  effective: 'ok',
  ineffective: 'bad',
  refused: 'bad',
} as const satisfies Record<ActionState, string>

export const stateTag = (t: Translate, state: ActionState) => ({
  tone: tones[state],
  word: t(`measures:state.${state}`),
})

type Found = { clocks: OfCustomer[]; history: MeasureLine[]; calendar: Calendar; waiting: string | null }

/** /measures/:number: what is to be done, by whom, and how far it is; of the complaint its number alone. */
export function measurePage(actor: Actor, measure: Measure, found: Found, now: Date) {
  const t = translate[actor.language]
  const { number, kind, state, complaint, measure: what, evidence, verification, effect } = measure
  const sees = seesComplaint(actor, complaint)
  const said = (name: 'evidence' | 'verification' | 'effect', value: string | null, at: Date | null) =>
    value === null ? [] : [{ heading: t(`measures:field.${name}`), text: value, at: at ? dateTimeText(at) : '' }]
  return {
    number,
    kind: t(`complaints:action.${kind}`),
    state: stateTag(t, state),
    complaint: { number: complaint.number, href: sees ? `/complaints/${complaint.number}` : null },
    files: sees ? `/complaints/${complaint.number}/attachments` : null,
    what,
    facts: factsOf(t, measure),
    said: [
      ...said('evidence', evidence, measure.doneAt),
      ...said('verification', verification, measure.verifiedAt),
      ...said('effect', effect, measure.checkedAt),
    ],
    acts: actsOf(actor, t, measure, found.waiting, now),
    whyNots: whyNotsOf(actor, t, measure, found.waiting, now),
    deadlines: deadlinesSection(actor, found.clocks, now, found.calendar),
    history: found.history.map(({ at, actorName, action, why }) => ({
      at: dateTimeText(at),
      datetime: at.toISOString(),
      who: actorName,
      sentence: actionSentence(actor.language, action as AuditAction),
      ...(why ? { more: why } : {}),
    })),
  }
}

function factsOf(t: Translate, measure: Measure) {
  const { owner, checker, dueOn, effectDays, verifiedAt } = measure
  return [
    { label: t('measures:field.owner'), value: `${owner.name} ${owner.number}` },
    { label: t('measures:field.checker'), value: checker ? `${checker.name} ${checker.number}` : '' },
    { label: t('measures:field.dueOn'), value: dayText(dueOn) },
    {
      label: t('measures:field.effectDays'),
      value: verifiedAt
        ? t('measures:effectFrom', { on: effectOn(verifiedAt, effectDays) })
        : t('measures:days', { n: effectDays }),
    },
  ]
}

/** Only what may be done now, by this person. */
function actsOf(actor: Actor, t: Translate, measure: Measure, waiting: string | null, now: Date) {
  const { state, complaint } = measure
  const path = measurePath(measure)
  const acts: { href: string; word: string }[] = []
  const add = (href: string, word: 'done' | 'verify' | 'effect' | 'correct' | 'people' | 'another') =>
    acts.push({ href, word: t(`measures:act.${word}`) })
  if (state === 'approved' && measurePolicy.finish(actor, measure)) add(`${path}/done`, 'done')
  if (state === 'done' && measurePolicy.check(actor, measure)) add(`${path}/verification`, 'verify')
  if (effectDueNow(measure, now) && measurePolicy.check(actor, measure)) add(`${path}/effect`, 'effect')
  if (state === 'proposed' && waiting === null && measurePolicy.correct(actor, measure))
    add(`${path}/correction`, 'correct')
  if (state === 'ineffective' && measurePolicy.propose(actor, complaint))
    add(`/complaints/${complaint.number}/measures/new`, 'another')
  if (['proposed', 'approved', 'done', 'verified'].includes(state) && measurePolicy.people(actor, measure))
    add(`${path}/people`, 'people')
  return acts
}

const effectDueNow = ({ state, verifiedAt, effectDays }: Measure, now: Date) =>
  state === 'verified' && dateText(now) >= effectOn(verifiedAt!, effectDays)

function whyNotsOf(actor: Actor, t: Translate, measure: Measure, waiting: string | null, now: Date) {
  const { state, verifiedAt, effectDays } = measure
  const rule = { id: 'CMP-18' }
  if (isUnderWay(state) && measurePolicy.people(actor, measure) && isUnmanned(measure))
    return [{ act: t('measures:act.done'), reason: t('measures:refused.unmanned'), rule: { id: 'CMP-03' } }]
  if (state === 'proposed' && waiting !== null && measurePolicy.finish(actor, measure))
    return [{ act: t('measures:act.done'), reason: t('measures:refused.notApproved', { number: waiting }), rule }]
  if (state === 'done' && measurePolicy.finish(actor, measure))
    return [{ act: t('measures:act.verify'), reason: t('measures:refused.ownMeasure'), rule }]
  if (state === 'verified' && !effectDueNow(measure, now) && measurePolicy.check(actor, measure)) {
    const on = effectOn(verifiedAt!, effectDays)
    return [{ act: t('measures:act.effect'), reason: t('measures:refused.tooSoon', { on, days: effectDays }), rule }]
  }
  return []
}
