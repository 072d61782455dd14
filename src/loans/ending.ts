import type { Actor } from '../access/actor.ts'
import { withdrawRequest } from '../approvals/withdrawing.ts'
import { change } from '../audit/change.ts'
import { db } from '../db.ts'
import { Forbidden, Refused } from '../lib/refused.ts'
import { lockApplication, type Application } from './applications.ts'

/** The applicant takes the application back: before it is decided, or when what was approved is not needed any more. */
export async function endApplication(
  actor: Actor,
  application: Application,
  version: number,
  now: Date,
): Promise<void> {
  if (application.borrowerId !== actor.id) throw new Forbidden('loans.ask')
  if (application.state === 'waiting' && application.request) {
    const id = BigInt(application.request.id)
    const request = await db.approvalRequest.findUniqueOrThrow({ where: { id }, select: { version: true } })
    return withdrawRequest(actor, id, { reason: null, version: request.version }, now)
  }
  return change(actor, async (tx, audit) => {
    const held = await lockApplication(tx, application.id)
    if (held.state !== 'approved' || held.version !== version)
      throw new Refused([{ rule: 'ARC-09', reason: 'loans:refused.changedMeanwhile' }])
    await tx.loanApplication.update({
      where: { id: held.id },
      data: { state: 'ended', endedAt: now, version: version + 1 },
    })
    await audit('loan.given_up', `customer:${held.customerId}`, { after: { application: held.number } })
  })
}
