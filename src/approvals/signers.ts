import type { StepState } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { actorFor } from '../access/queries.ts'
import { change } from '../audit/change.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import type { Tx } from '../db.ts'
import { cancelDeadlines } from '../deadlines/commands.ts'
import type { Request } from './contract.ts'
import { lockRequest, openStepOf } from './queries.ts'
import { changedSince, refusal, refuseStanding, tooLate } from './refusing.ts'
import { signersOf, standingOf } from './standing.ts'
import { openStep } from './steps.ts'

export type NewSigner = { staff: string; reason: string | null; version: number }
type OpenStep = NonNullable<Awaited<ReturnType<typeof openStepOf>>>

/**
 * APR-01, 加签: whoever may sign asks a colleague to sign before; then their own turn comes again. Refuses applicants and
 * those it concerns (PPL-02), who may not see what it is about, and a second signature of the same person.
 */
export function addSigner(actor: Actor, id: bigint, { staff, reason, version }: NewSigner, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const request = await lockRequest(tx, id)
    const step = await openStepOf(tx, id)
    if (request.state !== 'waiting' || !step) throw await tooLate(tx, request)
    const standing = await standingOf(tx, actor, step, now)
    refuseStanding(standing)
    if (request.version !== version) throw await changedSince(tx, request)
    const colleague = await colleagueFor(tx, actor, request, step, staff.trim().toUpperCase())
    const forId = standing.by === 'deputy' ? standing.forId : null
    // Who wants another to look at it does not sign in that one's place.
    const excluded = [...new Set([...step.excluded, actor.id, ...(forId === null ? [] : [forId])])]
    await insertBefore(tx, actor, { ...step, excluded }, { staffId: colleague.id, question: reason }, now)
    await tx.approvalRequest.update({ where: { id }, data: { version: version + 1 } })
    await openStep(tx, id, step.n, now)
    const { number, kind, subject } = request
    await audit('approval.signer_added', subject, {
      after: { number, kind, signer: colleague.name },
      ...(reason ? { why: reason } : {}),
    })
  })
}

/** PPL-02: no person signs two steps of one request, by no second role, and nobody signs for them once they have. */
export async function shutOut(tx: Tx, requestId: bigint, people: bigint[]): Promise<void> {
  await tx.$executeRaw`
    update approval_step set excluded = excluded || ${people}::bigint[]
    where request_id = ${requestId} and state in ('waiting', 'open')`
}

const named = ({ name }: { name: string }) => ({ field: 'colleague', params: { name } })

async function colleagueFor(tx: Tx, actor: Actor, request: Request, step: OpenStep, number: string) {
  // Held, so that nobody puts the account out of use meanwhile.
  await tx.$queryRaw`select 1 from staff where number = ${number} for share`
  const found = await tx.staff.findUnique({
    where: { number },
    select: { id: true, name: true, state: true, epoch: true, leaving: { where: { state: 'open' }, take: 1 } },
  })
  const field = { field: 'colleague' }
  if (found?.state !== 'active')
    throw refusal('APR-01', 'approvals:refused.nobodySuch', { ...field, params: { number } })
  if (found.id === actor.id) throw refusal('APR-01', 'approvals:refused.signerSelf', field)
  if (found.leaving.length > 0) throw refusal('ACC-02', 'approvals:refused.signerLeaving', named(found))
  if (await isIn(tx, request.id, found.id)) throw refusal('APR-01', 'approvals:refused.signerTwice', named(found))
  if (step.excluded.includes(found.id)) throw refusal('PPL-02', 'approvals:refused.signerOwn', named(found))
  if (!(await maySee(tx, request, found))) throw refusal('APR-01', 'approvals:refused.signerOutside', named(found))
  if (await isNeeded(tx, request.id, found.id)) throw refusal('APR-01', 'approvals:refused.signerNeeded', named(found))
  return found
}

/** Whether a signature asked for by name can be theirs instead, when whoever was asked leaves. */
export async function maySignInstead(tx: Tx, request: Pick<Request, 'id' | 'customerId'>, id: bigint) {
  const { epoch } = await tx.staff.findUniqueOrThrow({ where: { id }, select: { epoch: true } })
  if ((await isIn(tx, request.id, id)) || (await isNeeded(tx, request.id, id))) return false
  return maySee(tx, request, { id, epoch })
}

/** The only one who can sign a step to come: having signed before, they could not, and nobody could. */
async function isNeeded(tx: Tx, requestId: bigint, id: bigint): Promise<boolean> {
  const left = { state: { in: ['open', 'waiting'] as StepState[] }, role: { not: null } }
  for (const step of await tx.approvalStep.findMany({ where: { requestId, ...left } })) {
    const able = (await signersOf(tx, { ...step, staffId: null })).filter((one) => !step.excluded.includes(one))
    if (able.includes(id) && able.length === 1) return true
  }
  return false
}

/** Already asked, or has asked, signed already, or somebody for them. */
async function isIn(tx: Tx, requestId: bigint, id: bigint): Promise<boolean> {
  const where = { requestId, OR: [{ staffId: id }, { decidedById: id }, { forId: id }, { addedById: id }] }
  return (await tx.approvalStep.findFirst({ where, select: { id: true } })) !== null
}

/** Has some part in the company's work, not only in looking after it; and the customer it is about is in their scope. */
async function maySee(
  tx: Tx,
  { customerId }: Pick<Request, 'customerId'>,
  { id, epoch }: { id: bigint; epoch: number },
): Promise<boolean> {
  const colleague = await actorFor(String(id), epoch, { ip: null, requestId: null })
  const acts = colleague?.grants.filter(({ role }) => role !== 'auditor') ?? []
  if (!colleague || acts.length === 0) return false
  if (customerId === null) return true
  const seen = visibleCustomersSql({ ...colleague, grants: acts })
  const found = await tx.$queryRaw<unknown[]>`select 1 from customer where id = ${customerId} and ${seen}`
  return found.length > 0
}

/** In the place of a step, which waits with all after it for one signature more. Its time begins anew when it comes. */
async function insertBefore(
  tx: Tx,
  actor: Actor,
  step: OpenStep,
  signer: { staffId: bigint; question: string | null },
  now: Date,
): Promise<void> {
  const { requestId, n, kind, departmentId, regionId, filedById, excluded } = step
  await cancelDeadlines(tx, 'approval.step', [`approval_step:${step.id}`], now)
  await tx.approvalStep.update({ where: { id: step.id }, data: { state: 'waiting' } })
  // By way of numbers nobody has: no two steps of a request may have the same one, not even for a moment.
  await tx.$executeRaw`update approval_step set n = -(n + 1) where request_id = ${requestId} and n >= ${n}`
  await tx.$executeRaw`update approval_step set n = -n where request_id = ${requestId} and n < 0`
  const place = { departmentId, regionId }
  await tx.approvalStep.create({
    data: { requestId, n, kind, ...place, filedById, excluded, addedById: actor.id, ...signer },
  })
}
