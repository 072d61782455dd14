import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { cancelDeadlines } from '../deadlines/commands.ts'
import type { Ending, Request } from './contract.ts'
import { tellApplicant } from './telling.ts'

/** Ends a request without its effect: the steps left are skipped, their clocks stop, the applicant is told. */
export async function endWithout(
  tx: Tx,
  audit: Audit,
  by: Actor,
  request: Request,
  { ending, reason }: { ending: Ending; reason: string | null },
  now: Date,
): Promise<void> {
  const { id, number, kind, subject, version } = request
  const left = await tx.approvalStep.findMany({
    where: { requestId: id, state: { in: ['open', 'waiting'] } },
    select: { id: true },
  })
  const clocks = left.map((step) => `approval_step:${step.id}`)
  await cancelDeadlines(tx, 'approval.step', clocks, now)
  await tx.approvalStep.updateMany({ where: { id: { in: left.map((step) => step.id) } }, data: { state: 'skipped' } })
  const data = { state: ending, endedAt: now, endReason: reason, version: version + 1 }
  await tx.approvalRequest.update({ where: { id }, data })
  // Who returned or refused it has just been told of by that line.
  if (ending !== 'returned' && ending !== 'refused')
    await audit(`approval.ended`, subject, { after: { number, kind, ending }, ...(reason ? { why: reason } : {}) })
  await tellApplicant(tx, by, request, ending, now)
}
