import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { actionSentence } from '../../audit/actions.ts'
import { translate, type Language, type Translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { comparisonRows } from '../figure-table.ts'
import { seesChanges } from '../rule-page.ts'
import { titleOf } from '../texts.ts'
import type { RegisterQuery } from './forms.ts'
import type { Change, changeCounts, changeTrail, newestOf } from './queries.ts'
import { inForceFrom, overtakenProblems } from './rules.ts'
import { changeStates, isOpen } from './states.ts'

export const states = ['waiting', 'drafted', 'approved', 'refused', 'withdrawn'] as const
const tones = { drafted: 'go', waiting: 'wait', approved: 'ok', refused: 'bad', withdrawn: 'warn' } as const

export const stateTag = (t: Translate, state: Change['state']) => ({
  tone: tones[state],
  word: t(`regulations:state.${state}`),
})

type Counted = Awaited<ReturnType<typeof changeCounts>>

/** The register of changes, by state. */
export function registerPage(actor: Actor, { state }: RegisterQuery, changes: Change[], counts: Counted) {
  const t = translate[actor.language]
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0)
  const whole = seesChanges(actor)
  return {
    lede: whole ? t('regulations:change.registerLede') : t('regulations:change.registerOpen'),
    tabs: whole
      ? [
          { href: '/regulations/changes', word: t('regulations:change.all'), count: total, current: state === '' },
          ...states.map((one) => ({
            href: `/regulations/changes?state=${one}`,
            word: t(`regulations:state.${one}`),
            count: counts[one] ?? 0,
            current: state === one,
          })),
        ]
      : [],
    rows: changes.map((change) => ({
      number: change.number,
      rules: change.proposals.map(({ rule }) => ({ id: rule })),
      preset: presetText(t, change),
      reason: change.reason,
      effectiveOn: change.effectiveOn,
      state: stateTag(t, change.state),
      drafter: t('regulations:change.drafted', { name: change.draftedBy.name, at: dateText(change.draftedAt) }),
      decider: deciderText(t, change),
    })),
    nothing: {
      heading: t('regulations:change.none'),
      hint: t('regulations:change.noneHint'),
      next: { href: '/regulations', word: t('regulations:toAll') },
    },
  }
}

const presetText = (t: Translate, { preset }: Change) =>
  preset ? t('regulations:change.preset', { trade: { word: `organisation:trade.${preset}` } }) : null

function deciderText(t: Translate, { decidedBy, decidedAt, state }: Change): string {
  if (decidedBy && decidedAt)
    return t('regulations:change.decided', { name: decidedBy.name, at: dateTimeText(decidedAt) })
  return state === 'approved' ? t('regulations:change.noDecider') : t('regulations:change.notDecided')
}

type Trail = Awaited<ReturnType<typeof changeTrail>>
type Newest = Awaited<ReturnType<typeof newestOf>>

export function changePage(actor: Actor, change: Change, newest: Newest, trail: Trail, now: Date) {
  const { language } = actor
  const t = translate[language]
  const own = change.draftedBy.id === actor.id && mayEver(actor, 'regulations.draft')
  const deciding = change.state === 'waiting' && mayEver(actor, 'regulations.approve')
  const from = inForceFrom(change.effectiveOn, now)
  const overtaken = isOpen(change.state) ? overtakenProblems(change.proposals, from, newest) : []
  return {
    change: { number: change.number, version: change.version, preset: presetText(t, change) },
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
    decide: deciding && change.draftedBy.id !== actor.id,
    whyNot:
      deciding && change.draftedBy.id === actor.id
        ? [
            {
              act: t('regulations:change.cannotDecide'),
              reason: t('regulations:change.ownDraft'),
              rule: { id: 'PPL-02' },
            },
          ]
        : [],
    signers: signersOf(t, change),
    history: seesChanges(actor) ? trail.map((line) => historyItem(language, line)) : [],
  }
}

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
      ...(state === 'waiting' ? { at: 'now' } : done ? { at: 'done' } : {}),
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
