import type { Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { SeenRequest, StepRow } from './reading.ts'
import type { Shown } from './shown.ts'

/** Why something cannot be done now, for partials/why-not. */
export function cannotOf(t: Translate, { request, card, turn }: Shown) {
  if (request.state !== 'waiting') return []
  const problems = card.problems.map(({ rule, reason, params }) => ({
    act: t('approvals:request.cannotApprove'),
    reason: t(reason, params),
    rule: { id: rule },
    ...(card.href ? { next: { href: card.href, word: t('approvals:request.original') } } : {}),
  }))
  if (turn?.standing.by !== 'none' || !turn.standing.own) return problems
  const own = {
    act: t('approvals:request.cannotDecide'),
    reason: t('approvals:request.ownNote'),
    rule: { id: 'PPL-02' },
  }
  return [own, ...problems]
}

/** What became of a request that no longer waits, and what can be done next; for partials/callout. */
export function endedOf(t: Translate, { request, card, steps }: Shown, own: boolean, next: string | null) {
  if (request.state === 'waiting') return null
  const tone = request.state === 'approved' ? 'ok' : request.state === 'refused' ? 'bad' : 'warn'
  const again = own && !request.followedBy && againAfter.has(request.state) && card.href
  const onward = next ? { href: next, word: t('approvals:ended.toNext') } : null
  const word = request.state === 'returned' ? t('approvals:ended.returnedNext') : t('approvals:ended.toObject')
  const act = again ? { href: again, word } : onward
  return { text: endedText(t, request, steps), tone, rule: { id: ruleOf[request.state] }, ...(act ? { act } : {}) }
}

const againAfter = new Set<SeenRequest['state']>(['returned', 'withdrawn', 'expired', 'void'])

const ruleOf = {
  approved: 'APR-02',
  returned: 'APR-01',
  refused: 'APR-01',
  withdrawn: 'APR-02',
  expired: 'APR-01',
  void: 'APR-02',
} as const

function endedText(t: Translate, { state, number, endedAt, endReason }: SeenRequest, steps: StepRow[]): string {
  const at = endedAt ? dateTimeText(endedAt) : ''
  if (state === 'returned' || state === 'refused') {
    const last = steps.findLast((step) => step.state === state)
    const by = last?.for ? t('approvals:step.forName', { by: last.decidedBy ?? '', name: last.for }) : last?.decidedBy
    return t(`approvals:ended.${state}`, { by: by ?? '', at, reason: last?.reason ?? endReason ?? '' })
  }
  if (state === 'withdrawn' && endReason) return t('approvals:ended.withdrawnWhy', { at, reason: endReason })
  if (state === 'waiting' || state === 'approved') return t('approvals:ended.approved', { number })
  return t(`approvals:ended.${state}`, { at })
}
