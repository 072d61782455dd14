import type { Actor } from '../../access/actor.ts'
import { objectChanged } from '../../approvals/changing.ts'
import { fileRequest, waitingAbout, type Filed } from '../../approvals/filing.ts'
import { lockRequest } from '../../approvals/queries.ts'
import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { refuseIf } from '../../lib/refused.ts'
import { subjectOf, trailOf, type Visit } from '../queries.ts'
import { costsOf, sumOf, type Cost } from './queries.ts'
import { beginningProblems } from './rules.ts'

const kind = 'visit.spending'

/** What a request for costs rests on: those that are asked for, with their sums; null where nothing is. */
export const basisOf = (asked: readonly Pick<Cost, 'id' | 'total'>[]): string | null =>
  asked.length === 0 ? null : asked.map(({ id, total }) => `${id}:${total}`).join()

export const askedOf = async (tx: Tx, visit: { id: bigint }): Promise<Cost[]> =>
  (await costsOf(visit, tx)).filter(({ state }) => state === 'asked')

/**
 * VIS-04, VIS-05: asks the department head for what is over the limit of an arranged visit. Null where nothing is, and in
 * a plan still to be decided, which decides it too. Refuses once the visit has begun.
 */
export async function askSpending(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  visit: Visit,
  now: Date,
  reason: string | null = null,
): Promise<Filed | null> {
  if (visit.state !== 'approved') return null
  const asked = await askedOf(tx, visit)
  const basis = basisOf(asked)
  if (basis === null) return null
  refuseIf(beginningProblems(visit, now))
  const { customerId, departmentId, regionId } = visit
  const follows = await returnedBefore(tx, visit)
  const filing = {
    kind,
    subject: subjectOf(visit),
    ...(customerId === null ? {} : { customerId }),
    place: { departmentId, regionId },
    basis,
    amount: sumOf(asked),
    reason,
    ...(follows === null ? {} : { follows }),
  } as const
  const filed = await fileRequest(tx, audit, actor, filing, now)
  const part = subjectOf(visit)
  await audit('visit.spending_asked', trailOf(visit), {
    before: { part },
    after: { visit: visit.number, approval: filed.number, amount: sumOf(asked), part },
  })
  return filed
}

/** The request that is filed anew, where the last one was sent back. */
async function returnedBefore(tx: Tx, visit: Visit): Promise<bigint | null> {
  const last = await tx.approvalRequest.findFirst({
    where: { kind, subject: subjectOf(visit) },
    orderBy: { id: 'desc' },
    select: { id: true, state: true },
  })
  return last?.state === 'returned' ? last.id : null
}

/** Held before the visit is, as deciding does: otherwise the two would wait for each other. */
export async function holdAsked(tx: Tx, visit: { id: bigint }): Promise<void> {
  const waiting = await waitingAbout(tx, kind, subjectOf(visit))
  if (waiting) await lockRequest(tx, waiting.id)
}

/**
 * APR-02: what was asked for has changed, or the visit is not made any more: a waiting request that rests on something
 * else is void. To be called by whatever changes the costs or cancels the visit.
 */
export async function askedChanged(tx: Tx, audit: Audit, actor: Actor, visit: Visit, now: Date): Promise<void> {
  const basis = visit.state === 'approved' ? basisOf(await askedOf(tx, visit)) : null
  await objectChanged(tx, audit, actor, subjectOf(visit), [{ kind, basis: basis ?? '' }], now)
}

/** Costs that are over the limit, and nobody is asked for any more: the request was sent back or taken back. */
export async function isUnasked(tx: Tx, visit: Visit): Promise<boolean> {
  if (visit.state !== 'approved' || (await askedOf(tx, visit)).length === 0) return false
  return (await waitingAbout(tx, kind, subjectOf(visit))) === null
}
