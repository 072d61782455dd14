import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { NotFound, refuseIf } from '../../lib/refused.ts'
import { notify } from '../../notices/commands.ts'
import { progressed } from '../course.ts'
import { holdFor } from '../holding.ts'
import { lockComplaint, subjectOf } from '../queries.ts'
import { isOpen } from '../states.ts'
import type { Answer, Facts } from './forms.ts'
import { answerProblems, puttingProblems } from './rules.ts'

/** CMP-03: asks whom it is about for an answer to facts; that person is told, and of the complaint nothing. */
export function putFacts(actor: Actor, id: bigint, { staffId, facts }: Facts, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.handle')
    refuseIf(puttingProblems(complaint, staffId))
    const put = await tx.complaintStatement.create({
      data: { complaintId: id, staffId, facts, putAt: now, putById: actor.id },
      select: { id: true, staff: { select: { name: true } } },
    })
    // By its own subject and address: neither may lead to the complaint.
    const notice = { subject: `statement:${put.id}`, href: `/statements/${put.id}`, params: { by: actor.name } }
    await notify(tx, [{ kind: 'complaint.facts', to: staffId, rule: 'CMP-03', ...notice }], now)
    await audit('complaint.facts_put', subjectOf(complaint), { after: { person: put.staff.name, facts } })
    await progressed(tx, complaint, now)
  })
}

/** Once, by that person alone. Answers with nothing of the complaint. */
export function answerFacts(actor: Actor, statementId: bigint, { answer }: Answer, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const known = await tx.complaintStatement.findFirst({ where: { id: statementId, staffId: actor.id } })
    if (!known) throw new NotFound()
    const complaint = await lockComplaint(tx, known.complaintId)
    const held = await tx.complaintStatement.findUniqueOrThrow({ where: { id: statementId } })
    refuseIf(answerProblems(held))
    await tx.complaintStatement.update({ where: { id: statementId }, data: { answer, answeredAt: now } })
    await audit('complaint.facts_answered', subjectOf(complaint), { after: { person: actor.name } })
    const to = [...new Set([held.putById, ...(complaint.ownerId === null ? [] : [complaint.ownerId])])]
    const { number } = complaint
    const notice = { subject: subjectOf(complaint), href: `/complaints/${number}`, params: { number } }
    await notify(
      tx,
      to
        .filter((id) => !complaint.accused.includes(id))
        .map((id) => ({ kind: 'complaint.answered' as const, to: id, rule: 'CMP-03', ...notice })),
      now,
    )
    if (isOpen(complaint.state)) await progressed(tx, complaint, now)
  })
}
