import type { Actor } from '../../access/actor.ts'
import type { Ending, Handler, Request } from '../../approvals/contract.ts'
import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { Refused, refuseIf } from '../../lib/refused.ts'
import { lockVisit, subjectOf, trailOf, type Visit } from '../queries.ts'
import { askedOf, basisOf } from './asking.ts'
import { spendingCard, spendingTitle } from './card.ts'
import { openProblems } from './rules.ts'

export const visitIn = ({ subject }: Pick<Request, 'subject'>) => BigInt(subject.slice('visit:'.length))

/** VIS-04, VIS-05: it rests on the costs that are asked for; of a visit that is not made any more nothing is left. */
export const visitSpending: Handler = {
  basis: async (tx, request) => {
    const id = visitIn(request)
    const visit = await tx.visit.findUnique({ where: { id }, select: { state: true } })
    return visit?.state === 'cancelled' ? null : basisOf(await askedOf(tx, { id }))
  },
  approve,
  ended,
  card: (actor, request, now) => spendingCard(actor, request, visitIn(request), now),
  title: (actor, request) => spendingTitle(actor, request, visitIn(request)),
}

async function approve(tx: Tx, audit: Audit, decider: Actor, request: Request, now: Date): Promise<void> {
  const visit = await lockVisit(tx, visitIn(request))
  // PPL-02: it may have been handed on to whoever is to sign.
  if (visit.ownerId === decider.id) throw new Refused([{ rule: 'PPL-02', reason: 'approvals:refused.own' }])
  refuseIf(openProblems(visit, now))
  await settle(tx, audit, visit, request, 'approved', now)
}

/** Refused they stay refused; sent back, taken back or lapsed they are not approved, and may be asked for again. */
async function ended(tx: Tx, audit: Audit, _by: Actor, request: Request, ending: Ending, now: Date): Promise<void> {
  const visit = await lockVisit(tx, visitIn(request))
  if (ending === 'refused') return settle(tx, audit, visit, request, 'refused', now)
  const part = subjectOf(visit)
  const after = { visit: visit.number, approval: request.number, ending, part }
  await audit('visit.spending_left', trailOf(visit), { before: { part }, after })
}

async function settle(
  tx: Tx,
  audit: Audit,
  visit: Visit,
  request: Request,
  state: 'approved' | 'refused',
  now: Date,
): Promise<void> {
  const asked = await askedOf(tx, visit)
  const where = { id: { in: asked.map(({ id }) => id) } }
  await tx.visitSpending.updateMany({ where, data: { state, decidedAt: now } })
  await tx.visit.update({ where: { id: visit.id }, data: { version: { increment: 1 } } })
  const part = subjectOf(visit)
  const spendings = asked.map(({ kind, what, total }) => ({ kind, what, total, state }))
  const after = { visit: visit.number, approval: request.number, spendings, part }
  await audit(`visit.spending_${state}`, trailOf(visit), { before: { part }, after })
}
