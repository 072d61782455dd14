import type { Actor } from '../../access/actor.ts'
import { holdersAt } from '../../approvals/holders.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { refuseIf } from '../../lib/refused.ts'
import { notify } from '../../notices/commands.ts'
import { holdFor } from '../holding.ts'
import { relevel } from '../leveling.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import type { Escalation } from './forms.ts'
import { escalationProblems, type EscalationWay } from './rules.ts'

/** CMP-15: somebody heard that the customer complained again. */
export function escalate(actor: Actor, id: bigint, { version, ...given }: Escalation, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.contact', { version, rule: 'CMP-15' })
    await escalateStep(tx, audit, actor, complaint, given, now)
  })
}

type Given = { way: EscalationWay; words: string; unrecorded: boolean }

/** Of a locked complaint: written down and counted, the level computed anew, and whoever must know is told. */
async function escalateStep(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  complaint: Complaint,
  given: Given,
  now: Date,
): Promise<void> {
  refuseIf(escalationProblems(complaint.state))
  const { id, escalated, version } = complaint
  await tx.complaintEscalation.create({ data: { ...given, complaintId: id, at: now, byId: actor.id } })
  await tx.complaint.update({ where: { id }, data: { escalated: { increment: 1 }, version: { increment: 1 } } })
  await audit('complaint.escalated', subjectOf(complaint), {
    before: { version, escalated },
    after: { escalated: escalated + 1, ...given },
  })
  await relevel(tx, audit, id, now)
  await tellSuperiors(tx, actor, complaint, now)
}

async function tellSuperiors(tx: Tx, actor: Actor, complaint: Complaint, now: Date): Promise<void> {
  const { number, accused, departmentId, receivingDepartmentId, regionId, ownerId } = complaint
  const place = { departmentId: departmentId ?? receivingDepartmentId, regionId }
  const heads = await holdersAt(tx, ['dept_head', 'cs_manager'], place)
  const people = [...new Set([...heads, ...(ownerId === null ? [] : [ownerId])])]
  const told = people.filter((id) => !accused.includes(id) && id !== actor.id)
  const params = { number, by: actor.name }
  const notice = { kind: 'complaint.escalated', subject: subjectOf(complaint), rule: 'CMP-15', params } as const
  await notify(
    tx,
    told.map((to) => ({ ...notice, to, href: `/complaints/${number}`, urgent: true })),
    now,
  )
}
