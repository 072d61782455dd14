import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { actionSentence } from '../../audit/actions.ts'
import { translate, type Language, type Translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { comparisonRows } from '../figure-table.ts'
import { seesChanges } from '../rule-page.ts'
import { titleOf } from '../texts.ts'
import type { newestOf } from './newest.ts'
import type { Change, changeTrail } from './queries.ts'
import { inForceFrom, overtakenProblems } from './rules.ts'
import { changeStates, isOpen } from './states.ts'
import { deciderText, presetText, stateTag } from './tags.ts'

type Trail = Awaited<ReturnType<typeof changeTrail>>
type Newest = Awaited<ReturnType<typeof newestOf>>

export function changePage(
  actor: Actor,
  change: Change,
  newest: Newest,
  trail: Trail,
  request: { number: string } | null,
  now: Date,
) {
  const { language } = actor
  const t = translate[language]
  const own = change.draftedBy.id === actor.id && mayEver(actor, 'regulations.draft')
  const from = inForceFrom(change.effectiveOn, now)
  const overtaken = isOpen(change.state) ? overtakenProblems(change.proposals, from, newest) : []
  return {
    change: { number: change.number, version: change.version, preset: presetText(t, change), state: change.state },
    heading: t('regulations:change.one', { number: change.number }),
    state: stateTag(t, change.state),
    lede: validityText(t, change, now),
    facts: [
      { label: t('regulations:column.drafter'), value: whoAndWhen(t, change.draftedBy.name, change.draftedAt) },
      { label: t('regulations:column.decider'), value: deciderText(t, change) },
      { label: t('regulations:column.effectiveOn'), value: change.effectiveOn },
      { label: t('regulations:change.why'), value: change.reason, wide: true },
      ...(change.decisionNote ? [{ label: t('regulations:change.note'), value: change.decisionNote, wide: true }] : []),
    ],
    overtaken: overtaken.map(({ reason, params }) => t(reason, params)),
    rules: change.proposals.map(({ rule, replaces, values }) => ({
      id: rule,
      title: titleOf(language, rule),
      rows: comparisonRows(t, language, replaces, values),
    })),
    acts: own ? changeStates.acts(change.state).filter((act) => act === 'submit' || act === 'withdraw') : [],
    mayEdit: own && change.state === 'drafted',
    // Those who decide do so where all that waits for them is decided.
    request:
      seesChanges(actor) && request
        ? { href: `/approvals/${request.number}`, word: requestWord(t, change, request) }
        : null,
    signers: signersOf(t, change),
    history: seesChanges(actor) ? trail.map((line) => historyItem(language, line)) : [],
  }
}

const requestWord = (t: Translate, { state }: Change, { number }: { number: string }) =>
  t(state === 'waiting' ? 'regulations:change.toRequest' : 'regulations:change.seeRequest', { number })

const whoAndWhen = (t: Translate, name: string, at: Date) =>
  t('regulations:change.drafted', { name, at: dateTimeText(at) })

function validityText(t: Translate, { state, effectiveOn, proposals }: Change, now: Date): string {
  const from = proposals[0]?.inForceAt
  if (state === 'approved' && from) return t('regulations:change.isFrom', { at: dateTimeText(from) })
  if (!isOpen(state)) return ''
  if (effectiveOn <= dateText(now)) return t('regulations:change.late')
  return t('regulations:change.willBe', { date: effectiveOn })
}

function signersOf(t: Translate, { state, draftedBy, draftedAt, decidedBy, decidedAt }: Change) {
  const done = state === 'approved' || state === 'refused'
  const verdict = done ? { did: t(`regulations:verdict.${state}`) } : {}
  return [
    {
      name: draftedBy.name,
      note: t('regulations:change.signer.drafter'),
      when: dateText(draftedAt),
      at: state === 'drafted' ? 'now' : 'done',
    },
    {
      name: decidedBy?.name ?? t('access:role.general_manager'),
      note: t('regulations:change.signer.approver'),
      ...verdict,
      ...(decidedAt ? { when: dateText(decidedAt) } : {}),
      ...(state === 'waiting' ? { at: 'now' } : done ? { at: state === 'refused' ? 'refused' : 'done' } : {}),
    },
  ]
}

function historyItem(language: Language, { at, actorName, action, why }: Trail[number]) {
  return {
    at: dateTimeText(at),
    datetime: at.toISOString(),
    who: actorName,
    sentence: actionSentence(language, action),
    ...(why ? { more: why } : {}),
    ...(action === 'regulation.approved' ? { tone: 'ok' } : action === 'regulation.refused' ? { tone: 'bad' } : {}),
  }
}
