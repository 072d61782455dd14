import type { Actor } from '../access/actor.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { deadlineTag, momentText } from '../deadlines/tag.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { requestPath } from './addresses.ts'
import { cannotOf, endedOf } from './explaining.ts'
import type { InboxQuery } from './forms.ts'
import { kindOf, wordOf } from './kinds.ts'
import type { Shown } from './shown.ts'
import { signersOf, stepTextOf } from './steps-page.ts'

export type RequestModel = ReturnType<typeof requestModel>

export const tones = {
  waiting: 'wait',
  approved: 'ok',
  returned: 'warn',
  refused: 'bad',
  withdrawn: 'warn',
  expired: 'warn',
  void: 'warn',
} as const

/** One request on one screen: what is asked, what decides it, who signs, and the forms that are open to this reader. */
export function requestModel(
  actor: Actor,
  shown: Shown,
  { query, next }: { query: InboxQuery; next: string | null },
  now: Date,
  calendar: Calendar,
) {
  const t = translate[actor.language]
  const { request, card, steps, turn } = shown
  const { number, version, kind, state } = request
  const own = request.filedById === actor.id
  const mine = turn !== null && turn.standing.by !== 'none'
  const current = steps.find(({ id }) => id === turn?.stepId)
  return {
    number,
    version,
    kind: t(`approvals:kind.${wordOf(kind)}`),
    rule: { id: kindOf(kind).rule },
    heading: card.title,
    object: card.href,
    step: current && steps.length > 1 ? t('approvals:request.step', { n: current.n, m: steps.length }) : null,
    filed: t('approvals:request.filed', { name: request.filedBy, at: momentText(request.filedAt, now) }),
    state: { tone: tones[state], word: t(`approvals:state.${state}`) },
    waiting: state === 'waiting',
    deadline: current?.clock ? deadlineTag(t, current.clock, now, calendar) : null,
    expires: expiryOf(t, shown),
    asked: card.asked,
    facts: factsOf(t, shown),
    list: card.list ?? null,
    why: { heading: t(mine ? 'approvals:request.why' : 'approvals:request.whyWaits'), text: card.why },
    cannot: cannotOf(t, shown),
    ended: endedOf(t, shown, own, next && requestPath(next, query)),
    follows: request.follows,
    followedBy: request.followedBy,
    signers: signersOf(t, shown, now),
    waitsFor: turn && !mine ? stepTextOf(t, turn, current) : null,
    decide: mine ? decisionOf(t, shown, query, next) : null,
    acts: {
      withdraw: own && state === 'waiting' ? `/approvals/${number}/withdrawal` : null,
      signer: mine ? `/approvals/${number}/signer` : null,
      sheet: `/approvals/${number}/sheet.pdf`,
    },
  }
}

function decisionOf(t: Translate, { request, card, turn }: Shown, query: InboxQuery, next: string | null) {
  const standing = turn?.standing
  const path = requestPath(request.number, query)
  return {
    action: path.replace(request.number, `${request.number}/decision`),
    mayApprove: card.problems.length === 0,
    each: card.list?.each ?? null,
    next,
    forWhom: standing?.by === 'deputy' ? t('approvals:decide.forWhom', { name: standing.forName }) : null,
  }
}

function expiryOf(t: Translate, { request: { state, expiresAt } }: Shown): string | null {
  if (state !== 'waiting' || expiresAt === null) return null
  return t('approvals:request.expires', { at: dateTimeText(expiresAt) })
}

type Fact = { label: string; value: string; href?: string; wide?: boolean }

function factsOf(t: Translate, { request: { amount, reason }, card }: Shown): Fact[] {
  return [
    ...(amount === null ? [] : [{ label: t('approvals:request.amount'), value: `¥${moneyText(amount)}` }]),
    ...card.facts,
    ...(reason ? [{ label: t('approvals:request.reason'), value: reason, wide: true }] : []),
  ]
}

/** 8340.00 → 8,340.00 */
export const moneyText = (amount: string) => amount.replace(/\B(?=(?:\d{3})+\.)/g, ',')
