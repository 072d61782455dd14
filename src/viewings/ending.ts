import type { Actor } from '../access/actor.ts'
import { withdrawRequest } from '../approvals/withdrawing.ts'
import { change } from '../audit/change.ts'
import { db, type Tx } from '../db.ts'
import { Forbidden } from '../lib/refused.ts'
import { notify } from '../notices/commands.ts'
import type { Ended } from './forms.ts'
import { mayEnd } from './policy.ts'
import { lockViewing, type Locked, type Viewing } from './queries.ts'
import { refusal } from './refusing.ts'
import { isEditable, isRunning, stageOf } from './states.ts'

/**
 * ARC-07: ends it before its time: the applicant's own, the keeper of an item, or whoever receives applications. What is
 * not approved yet is taken back by its applicant.
 */
export async function endViewing(actor: Actor, viewing: Viewing, { reason, version }: Ended, now: Date): Promise<void> {
  if (!mayEnd(actor, viewing)) throw new Forbidden('archive.view')
  if (viewing.version !== version) throw refusal('changedMeanwhile')
  if (viewing.state === 'waiting') return withdraw(actor, viewing, reason, now)
  await change(actor, async (tx, audit) => {
    const found = await lockViewing(tx, viewing.id)
    if (found.version !== version) throw refusal('changedMeanwhile')
    const stage = stageOf(found, now)
    if (!isRunning(stage)) throw refusal('notRunning')
    const state = isEditable(stage) ? 'withdrawn' : 'ended'
    const data = { state, endedAt: now, endReason: reason, version: version + 1 } as const
    await tx.viewing.update({ where: { id: found.id }, data })
    const told = { before: { version }, after: { number: found.number, version: version + 1 }, why: reason }
    await audit('viewing.ended', `customer:${found.customerId}`, told)
    if (found.applicantId !== actor.id) await tellEnded(tx, actor, found, now)
  })
}

/** The request's end takes the row along (approval.ts). */
async function withdraw(actor: Actor, { requestId, applicantId }: Viewing, reason: string, now: Date): Promise<void> {
  if (applicantId !== actor.id || requestId === null) throw refusal('notRunning')
  const request = await db.approvalRequest.findUniqueOrThrow({ where: { id: requestId }, select: { version: true } })
  await withdrawRequest(actor, requestId, { reason, version: request.version }, now)
}

async function tellEnded(tx: Tx, actor: Actor, { id, number, applicantId }: Locked, now: Date): Promise<void> {
  const notice = { subject: `viewing:${id}`, href: `/viewings/${number}`, params: { by: actor.name, number } } as const
  await notify(tx, [{ to: applicantId, kind: 'viewing.ended', rule: 'ARC-07', ...notice }], now)
}
