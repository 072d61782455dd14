import type { Actor } from '../access/actor.ts'
import { change, type Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { meetDeadlines } from '../deadlines/commands.ts'
import type { Request, Said } from './contract.ts'
import { endRequest } from './closing.ts'
import { handlers } from './handlers.ts'
import { lockRequest, openStepOf } from './queries.ts'
import { changedSince, refusal, refuseStanding, tooLate } from './refusing.ts'
import { shutOut } from './signers.ts'
import { standingOf, type Standing } from './standing.ts'
import { openStep } from './steps.ts'
import { tellApplicant } from './telling.ts'

export type Verdict = 'approve' | 'return' | 'refuse'
/** `details`: what was decided of the parts of a request, for its handler. */
export type Decision = { verdict: Verdict; reason: string | null; version: number; details?: unknown }
/** `void`: the object had changed since it was asked, so that nothing could be decided any more. */
export type Decided = 'approved' | 'next' | 'returned' | 'refused' | 'void'

const states = { approve: 'approved', return: 'returned', refuse: 'refused' } as const

/**
 * APR-01, APR-02: one signature. The last approval has its effect in this very transaction; whoever comes second is told
 * who decided and when. Refuses applicants, those it concerns and whoever signs for them (PPL-02), and a request that
 * was changed after the page was shown.
 */
export async function decideRequest(actor: Actor, id: bigint, decision: Decision, now: Date): Promise<Decided> {
  let after: (() => void) | undefined
  const decided = await change(actor, async (tx, audit): Promise<Decided> => {
    const request = await lockRequest(tx, id)
    const step = await openStepOf(tx, id)
    if (request.state !== 'waiting' || !step) throw await tooLate(tx, request)
    const standing = await standingOf(tx, actor, step, now)
    const seen = request.version === decision.version
    // Whose step was signed meanwhile hears by whom, rather than that the next one is not theirs.
    if (!seen && !(standing.by === 'none' && standing.own)) throw await changedSince(tx, request)
    refuseStanding(standing)
    if (request.expiresAt && request.expiresAt <= now)
      throw refusal('APR-02', 'approvals:refused.overDue', { params: { number: request.number } })
    if (decision.verdict !== 'approve' && !decision.reason)
      throw refusal('APR-01', 'approvals:refused.reason', { field: 'reason' })
    const handler = handlers[request.kind]
    if ((await handler.basis(tx, request)) !== request.basis) {
      await endRequest(tx, audit, actor, request, { ending: 'void', reason: null }, now)
      return 'void'
    }
    await sign(tx, audit, actor, { request, step, standing, decision }, now)
    if (decision.verdict !== 'approve') {
      const ending = states[decision.verdict]
      await endRequest(tx, audit, actor, request, { ending, ...saidIn(decision) }, now)
      return ending
    }
    const next = await tx.approvalStep.findFirst({ where: { requestId: id, state: 'waiting' }, orderBy: { n: 'asc' } })
    if (next) {
      await tx.approvalRequest.update({ where: { id }, data: { version: request.version + 1 } })
      await openStep(tx, id, next.n, now)
      return 'next'
    }
    await tx.approvalRequest.update({
      where: { id },
      data: { state: 'approved', endedAt: now, version: request.version + 1 },
    })
    const told = await handler.approve(tx, audit, actor, request, now, saidIn(decision))
    await tellApplicant(tx, actor, request, 'approved', now, told)
    after = handler.after
    return 'approved'
  })
  after?.()
  return decided
}

const saidIn = ({ reason, details }: Decision): Said => ({ reason, details })

type Signed = {
  request: Request
  step: { id: bigint; n: number }
  standing: Standing
  decision: Decision
}

async function sign(tx: Tx, audit: Audit, actor: Actor, signed: Signed, now: Date): Promise<void> {
  const { request, step, standing, decision } = signed
  const [forId, forName] = standing.by === 'deputy' ? [standing.forId, standing.forName] : [null, null]
  const state = states[decision.verdict]
  const { reason } = decision
  // The clock before its step: as the sweep takes them (deadlines/sweeping).
  await meetDeadlines(tx, 'approval.step', [`approval_step:${step.id}`], now)
  await tx.approvalStep.update({
    where: { id: step.id },
    data: { state, decidedAt: now, decidedById: actor.id, forId, reason },
  })
  await shutOut(tx, request.id, forId === null ? [actor.id] : [actor.id, forId])
  await audit(`approval.${state}`, request.subject, {
    after: { number: request.number, kind: request.kind, step: step.n, ...(forName ? { for: forName } : {}) },
    ...(reason ? { why: reason } : {}),
  })
}
