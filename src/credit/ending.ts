import type { Actor } from '../access/actor.ts'
import { objectChanged } from '../approvals/changing.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { cancelDeadlines } from '../deadlines/commands.ts'
import { releaseSubject, type Release } from './queries.ts'

const kinds = ['credit.first_override', 'credit.final_override', 'credit.overdue'] as const

export const repaymentSubject = ({ id }: { id: bigint }) => `credit_override:${id}`

/**
 * CRD-05, CRD-07, CRD-08: the release is out, or given up: what was asked for it and not signed ends, so that nobody signs
 * for nothing. The account is held.
 */
export async function endAsked(tx: Tx, audit: Audit, actor: Actor, release: Release, now: Date): Promise<void> {
  const where = { releaseId: release.id, state: 'waiting' as const }
  const { count } = await tx.creditOverride.updateMany({ where, data: { state: 'ended' } })
  if (count === 0) return
  const grounds = kinds.map((kind) => ({ kind, basis: '' }))
  await objectChanged(tx, audit, actor, releaseSubject(release), grounds, now)
}

/** CRD-08: of a release that was given up nothing is due. Its override stays used. */
export async function endDue(tx: Tx, release: Release, now: Date): Promise<void> {
  const finals = await tx.creditOverride.findMany({
    where: { releaseId: release.id, kind: 'final', state: 'approved', settledAt: null },
    select: { id: true },
  })
  await cancelDeadlines(tx, 'credit.repayment', finals.map(repaymentSubject), now)
}
