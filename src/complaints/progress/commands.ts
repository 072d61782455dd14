import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { refuseIf } from '../../lib/refused.ts'
import { progressed } from '../course.ts'
import { holdFor, refuseIfChanged } from '../holding.ts'
import { subjectOf } from '../queries.ts'
import type { Progress } from './forms.ts'
import { progressProblems } from './rules.ts'

/** CMP-15: how things stand; the time until the next entry begins anew. */
export function enterProgress(actor: Actor, id: bigint, { text, version }: Progress, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.handle')
    refuseIf(progressProblems(complaint.state))
    refuseIfChanged(complaint, version, 'CMP-15')
    await tx.complaintProgress.create({ data: { complaintId: id, at: now, text, byId: actor.id } })
    await tx.complaint.update({ where: { id }, data: { version: { increment: 1 } } })
    await progressed(tx, complaint, now)
    await audit('complaint.progress_entered', subjectOf(complaint), { before: { version }, after: { text } })
  })
}
