import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import type { Asked } from './contract.ts'
import { endWithout } from './ending.ts'
import { kindOf, type ApprovalKind } from './kinds.ts'
import { lockRequest, waitingAbout } from './queries.ts'

/** What a request about the object rests on by now. */
export type Grounds = { kind: ApprovalKind; basis: string; asked?: readonly Asked[] }

/**
 * APR-02: an object was changed. A waiting request about it that rests on something else by now is void, or, where the
 * kind says so, asks anew for the object as it is; a decision begun before is then refused. Called by every command that
 * changes such an object, in its own transaction; answers with the numbers of requests that became void.
 */
export async function objectChanged(
  tx: Tx,
  audit: Audit,
  by: Actor,
  subject: string,
  grounds: readonly Grounds[],
  now: Date,
): Promise<string[]> {
  const ended: string[] = []
  for (const { kind, basis, asked } of grounds) {
    const waiting = await waitingAbout(tx, kind, subject)
    if (!waiting) continue
    const request = await lockRequest(tx, waiting.id)
    if (request.state !== 'waiting' || request.basis === basis) continue
    if (kindOf(kind).onChange === 'void') {
      await endWithout(tx, audit, by, request, { ending: 'void', reason: null }, now)
      ended.push(request.number)
      continue
    }
    const data = { basis, version: request.version + 1, ...(asked ? { asked: asked as Asked[] } : {}) }
    await tx.approvalRequest.update({ where: { id: request.id }, data })
    await audit('approval.refiled', subject, { after: { number: request.number, kind } })
  }
  return ended
}
