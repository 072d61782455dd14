import type { Actor } from '../../access/actor.ts'
import { reads } from '../../db.ts'
import { momentText } from '../../deadlines/tag.ts'
import { translate, type Translate } from '../../i18n.ts'
import { gateProblems } from '../crises/gates.ts'
import { nextOf } from '../crises/form-pages.ts'
import type { Part } from '../page/parts.ts'
import { mayWith } from '../policy.ts'
import type { Complaint } from '../queries.ts'
import { remediesOf, requestsOf, type RemedyRequest, type SeenRemedy } from './queries.ts'
import { groundsText, yuan } from './saying.ts'
import { refusalText, signersText } from './signers.ts'
import { weightOf } from './weighing.ts'

/** CMP-10: what is offered to the customer, round by round, and who signs it. */
export const remediesPart: Part = {
  section: async (actor, complaint, now) => {
    const [remedies, requests] = await Promise.all([remediesOf(complaint.id), requestsOf(actor, complaint, now)])
    const [current, ...earlier] = remedies
    if (!current) return null
    const t = translate[actor.language]
    const weight = await weightOf(complaint, current.total.toFixed(2))
    const shown = await remedyModel(t, current, requests, now)
    const before = await Promise.all(earlier.map((one) => remedyModel(t, one, requests, now)))
    // Of a draft that was copied from it, the reason is what must be seen first.
    const sentBack = current.state === 'draft' ? (before[0]?.sentBack ?? null) : shown.sentBack
    const model = { current: { ...shown, sentBack, grounds: groundsText(t, weight) }, earlier: before }
    return { view: 'complaints/remedies/section', place: 'column', model }
  },
  acts: async (actor, complaint, now) => {
    if (complaint.state === 'proposing' && mayWith(actor, 'complaints.handle', complaint)) {
      const begun = (await remediesOf(complaint.id)).some(({ state }) => state === 'draft')
      const word = begun ? 'remedies:act.correct' : 'remedies:act.propose'
      return [{ href: `/complaints/${complaint.number}/remedy`, word, icon: 'edit', rank: 'next' }]
    }
    if (complaint.state !== 'approving') return []
    const waiting = (await requestsOf(actor, complaint, now)).find(({ state }) => state === 'waiting')
    if (waiting?.filedById !== actor.id) return []
    return [{ href: `/approvals/${waiting.number}/withdrawal`, word: 'remedies:act.withdraw' }]
  },
  obstacles: (actor, complaint) => obstaclesOf(actor, complaint),
}

async function obstaclesOf(actor: Actor, complaint: Complaint) {
  if (complaint.state !== 'proposing' || !mayWith(actor, 'complaints.handle', complaint)) return []
  const problems = await gateProblems(reads, complaint)
  return problems.map(({ rule, reason, params }) => {
    const next = mayWith(actor, 'complaints.crisis', complaint) ? nextOf(complaint.number, { reason }) : null
    return {
      act: 'remedies:why.submit' as const,
      reason,
      rule,
      ...(params ? { params } : {}),
      ...(next ? { next } : {}),
    }
  })
}

/** Who signs what waits, or signed what was asked last, beside the page. */
export const approvalPart: Part = {
  section: async (actor, complaint, now) => {
    const [request] = await requestsOf(actor, complaint, now)
    if (!request) return null
    const t = translate[actor.language]
    const model = {
      number: request.number,
      href: request.opens ? `/approvals/${request.number}` : null,
      state: t(`approvals:state.${request.state}`),
      signers: await signersText(t, request, now),
    }
    return { view: 'complaints/remedies/signers', place: 'margin', model }
  },
}

const tones = { draft: 'go', waiting: 'wait', approved: 'ok', refused: 'bad', dropped: 'warn' } as const

async function remedyModel(t: Translate, remedy: SeenRemedy, requests: readonly RemedyRequest[], now: Date) {
  const { round, state, accepted } = remedy
  const request = requests.find((one) => one.remedy === String(remedy.id)) ?? null
  return {
    title: t('remedies:title', { n: round }),
    state: { tone: tones[state], word: t(`remedies:state.${state}`) },
    said: accepted === null ? null : t(accepted ? 'remedies:accepted' : 'remedies:turnedDown'),
    rows: remedy.items.map(({ kind, text, amount }) => ({
      kind: t(`complaints:remedyItem.${kind}`),
      text: text || '—',
      amount: yuan(amount),
    })),
    total: yuan(remedy.total),
    reason: remedy.reason,
    proposed: t('remedies:proposed', { by: remedy.proposedBy.name, at: momentText(remedy.proposedAt, now) }),
    approval: request?.opens ? `/approvals/${request.number}` : null,
    sentBack: state === 'refused' && request ? await refusalText(t, request) : null,
  }
}
