import type { Actor } from '../../access/actor.ts'
import type { Ending, Handler, Request } from '../../approvals/contract.ts'
import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { refuseIf } from '../../lib/refused.ts'
import { moveOn } from '../course.ts'
import { gateProblems } from '../crises/gates.ts'
import { relevel } from '../leveling.ts'
import { lockComplaint, subjectOf } from '../queries.ts'
import { remedyBasisNow, sentBack } from '../remedying.ts'
import { remedyCard } from './card.ts'
import { compensationOf } from './rules.ts'

export const complaintIn = ({ subject }: Pick<Request, 'subject'>) => BigInt(subject.slice('complaint:'.length))

/** CMP-10: once all have signed, the customer can be told; it rests on the remedy and on the level. */
export const complaintRemedy: Handler = {
  basis: (tx, request) => remedyBasisNow(tx, complaintIn(request)),
  approve,
  ended,
  card: (actor, request) => remedyCard(actor, request, complaintIn(request)),
}

async function approve(tx: Tx, audit: Audit, _decider: Actor, request: Request, now: Date): Promise<void> {
  const complaint = await lockComplaint(tx, complaintIn(request))
  refuseIf(await gateProblems(tx, complaint))
  const remedy = await tx.remedy.findFirstOrThrow({ where: { complaintId: complaint.id, state: 'waiting' } })
  await tx.remedy.update({ where: { id: remedy.id }, data: { state: 'approved', decidedAt: now } })
  const all = await tx.remedy.findMany({ where: { complaintId: complaint.id } })
  const compensation = compensationOf(all.map((one) => ({ ...one, total: one.total.toFixed(2) })))
  await moveOn(tx, complaint, 'approve', { compensation }, now)
  await audit('complaint.remedy_approved', subjectOf(complaint), {
    after: { round: remedy.round, total: remedy.total.toFixed(2), compensation, approval: request.number },
  })
  await relevel(tx, audit, complaint.id, now)
}

const states = {
  refused: 'refused',
  returned: 'refused',
  withdrawn: 'dropped',
  expired: 'dropped',
  void: 'dropped',
} as const satisfies Record<Ending, string>

async function ended(tx: Tx, audit: Audit, _by: Actor, request: Request, ending: Ending, now: Date): Promise<void> {
  const complaint = await lockComplaint(tx, complaintIn(request))
  if (complaint.state === 'approving') await sentBack(tx, audit, complaint, states[ending], now)
}
