import type { Actor } from '../../access/actor.ts'
import { objectChanged } from '../../approvals/changing.ts'
import { fileRequest, waitingAbout, type Filed } from '../../approvals/filing.ts'
import { passOn } from '../../approvals/passing.ts'
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

/** The same of many visits, in the order in which they are taken: which request waits for each. */
export async function holdAskedOf(tx: Tx, visits: readonly { id: bigint }[]): Promise<Map<string, bigint>> {
  const where = { kind, subject: { in: visits.map(subjectOf) }, state: 'waiting' as const }
  const found = await tx.approvalRequest.findMany({
    where,
    select: { id: true, subject: true },
    orderBy: { id: 'asc' },
  })
  for (const { id } of found) await lockRequest(tx, id)
  return new Map(found.map(({ id, subject }) => [subject, id]))
}

type HandedOn = { requestId: bigint; from: { name: string }; to: { id: bigint; name: string }; why: string }

/** ACC-02, PPL-02: who goes now asks for its costs, and never signs them, wherever they sign otherwise. */
export async function askedHandedOn(
  tx: Tx,
  audit: Audit,
  visit: Visit,
  { requestId, from, to, why }: HandedOn,
  now: Date,
): Promise<void> {
  const { departmentId, regionId } = visit
  await passOn(tx, requestId, { to, place: { departmentId, regionId } }, now)
  const part = subjectOf(visit)
  await audit('visit.spending_handed_on', trailOf(visit), {
    before: { part, owner: from.name },
    after: { part, visit: visit.number, owner: to.name },
    why,
  })
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
