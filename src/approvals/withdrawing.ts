import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { endRequest } from './closing.ts'
import { lockRequest } from './queries.ts'
import { refusal, tooLate } from './refusing.ts'

/** APR-02: the applicant takes a request back while nothing is decided; it cannot be approved any more. */
export function withdrawRequest(
  actor: Actor,
  id: bigint,
  { reason, version }: { reason: string | null; version: number },
  now: Date,
): Promise<void> {
  return change(actor, async (tx, audit) => {
    const request = await lockRequest(tx, id)
    if (request.filedById !== actor.id) throw refusal('APR-01', 'approvals:refused.notYoursToWithdraw')
    if (request.state !== 'waiting') throw await tooLate(tx, request)
    if (request.version !== version) throw refusal('APR-02', 'approvals:refused.changedMeanwhile')
    await endRequest(tx, audit, actor, request, { ending: 'withdrawn', reason }, now)
  })
}
