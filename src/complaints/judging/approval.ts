import { z } from 'zod'
import { ComplaintKind } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import type { Ending, Handler, Request } from '../../approvals/contract.ts'
import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { moveOn } from '../course.ts'
import { lockComplaint, subjectOf } from '../queries.ts'
import { judgeStep } from './applying.ts'
import { acceptanceCard } from './card.ts'
import { idOf } from './queries.ts'
import { verdicts } from './rules.ts'

/** What stands in the request of a judgement. */
export const judgementPayload = z.object({
  verdict: z.enum(verdicts),
  reasonable: z.boolean(),
  kind: z.enum(ComplaintKind),
  departmentId: z
    .string()
    .nullable()
    .transform((id) => (id === null ? null : BigInt(id))),
  judgement: z.string(),
})

/** CMP-22: the store judged; its superior decides on acceptance, and it goes on as judged. */
export const complaintAcceptance: Handler = {
  basis: async (tx, request) => {
    const found = await tx.complaint.findUnique({ where: { id: idOf(request) }, select: { state: true } })
    return found?.state === 'accepting' ? 'accepting' : null
  },
  approve: async (tx, audit, _decider, request, now) => {
    const judged = judgementPayload.parse(request.payload)
    const complaint = await lockComplaint(tx, idOf(request))
    await judgeStep(tx, audit, complaint, { ...judged, judgedById: request.filedById, accepted: true }, now)
  },
  ended,
  card: (actor, request) => acceptanceCard(actor, request, judgementPayload.parse(request.payload)),
}

async function ended(tx: Tx, audit: Audit, _by: Actor, request: Request, ending: Ending, now: Date): Promise<void> {
  const complaint = await lockComplaint(tx, idOf(request))
  if (complaint.state !== 'accepting') return
  await moveOn(tx, complaint, 'decline', {}, now)
  await audit('complaint.judgement_declined', subjectOf(complaint), { after: { approval: request.number, ending } })
}
