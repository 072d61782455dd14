import type { Actor } from '../access/actor.ts'
import { shutOut } from '../approvals/signers.ts'
import type { Tx } from '../db.ts'
import { tellUnmanned } from './measures/unmanned.ts'
import { subjectOf, type Complaint } from './queries.ts'

/**
 * CMP-03: whom a complaint turns out to be about signs nothing that waits about it or its measures, nor does anybody for
 * them; what they were told of it before, they no longer find, and their measures go to somebody else. The facts put to
 * them stay (statement:…).
 */
export async function becameAccused(
  tx: Tx,
  actor: Actor,
  complaint: Complaint,
  before: readonly bigint[],
  now: Date,
): Promise<void> {
  const added = complaint.accused.filter((id) => !before.includes(id))
  if (added.length === 0) return
  const measures = await tx.correctiveAction.findMany({ where: { complaintId: complaint.id }, select: { id: true } })
  const subjects = [subjectOf(complaint), ...measures.map(({ id }) => `measure:${id}`)]
  const waiting = await tx.approvalRequest.findMany({
    where: { subject: { in: subjects }, state: 'waiting' },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  for (const { id } of waiting) await shutOut(tx, id, added)
  await tx.notice.deleteMany({ where: { staffId: { in: added }, subject: { in: subjects } } })
  await tellUnmanned(tx, actor, complaint, added, now)
}
