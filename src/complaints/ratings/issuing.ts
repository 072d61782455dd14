import type { Actor } from '../../access/actor.ts'
import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { dateText, dayStart } from '../../lib/dates.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import { hashOf, newToken } from './token.ts'

/** SAT-03, CAL-03: the last of so many days is whole. */
export async function linkEnds({ recordedAt }: Pick<Complaint, 'recordedAt'>, from: Date): Promise<Date> {
  const { value } = await regulationAt(recordedAt)
  return dayStart(dateText(from), value('complaints.rating_days') + 1)
}

/**
 * SAT-03: a new link by which the customer rates once; the one before, not used, is worth nothing from now on. The token
 * is known to whoever reads this answer, and to nobody after.
 */
export async function issueLink(tx: Tx, audit: Audit, complaint: Complaint, actor: Actor, now: Date): Promise<string> {
  const withdrawn = await withdrawLinks(tx, complaint, now)
  const token = newToken()
  const expiresAt = await linkEnds(complaint, now)
  await tx.complaintRating.create({
    data: { complaintId: complaint.id, tokenHash: hashOf(token), madeAt: now, madeById: actor.id, expiresAt },
  })
  await audit('complaint.link_made', subjectOf(complaint), { after: { expiresAt, withdrawn } })
  return token
}

/** Links that nobody used lead nowhere any more. */
export async function withdrawLinks(tx: Tx, { id }: { id: bigint }, now: Date): Promise<number> {
  const where = { complaintId: id, usedAt: null, withdrawnAt: null }
  return (await tx.complaintRating.updateMany({ where, data: { withdrawnAt: now } })).count
}
