import type { Actor } from '../../access/actor.ts'
import { fileRequest } from '../../approvals/filing.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { refuseIf } from '../../lib/refused.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { cancelClocks } from '../clocks.ts'
import { moveOn } from '../course.ts'
import { holdFor } from '../holding.ts'
import { relevel, relevelGroup } from '../leveling.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import { complaintStates } from '../states.ts'
import { judgeStep } from './applying.ts'
import { refuseIfJudged } from './conflict.ts'
import type { Dismissal, JudgementInput, Voiding } from './forms.ts'
import { actOf, judgementProblems } from './rules.ts'
import { dismissalProblems, voidProblems } from './guards.ts'

/** CMP-07: judges a received complaint; CMP-22: where a superior decides on acceptance, asks for that. Answers with the request's number. */
export function judgeComplaint(actor: Actor, id: bigint, input: JudgementInput, now: Date): Promise<string | null> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.judge')
    await refuseIfJudged(tx, actor, complaint, input)
    refuseIf(judgementProblems(input))
    const { value } = await regulationAt(complaint.recordedAt)
    if (value('complaints.course') === 'store') return askAcceptance(tx, audit, actor, complaint, input, now)
    await judgeStep(tx, audit, complaint, { ...input, judgedById: actor.id }, now)
    return null
  })
}

async function askAcceptance(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  complaint: Complaint,
  { departmentId, verdict, reasonable, kind, judgement }: JudgementInput,
  now: Date,
): Promise<string> {
  const { value } = await regulationAt(complaint.recordedAt)
  const { receivingDepartmentId, regionId } = complaint
  complaintStates.next('accepting', actOf(verdict, true))
  await moveOn(tx, complaint, 'ask_acceptance', {}, now)
  const { number } = await fileRequest(
    tx,
    audit,
    actor,
    {
      kind: 'complaint.acceptance',
      subject: subjectOf(complaint),
      place: { departmentId: receivingDepartmentId ?? complaint.departmentId ?? departmentId, regionId },
      payload: {
        verdict,
        reasonable,
        kind,
        judgement,
        departmentId: departmentId === null ? null : String(departmentId),
      },
      basis: 'accepting',
      signatures: [{ role: value('complaints.supervising_role') }],
      excluded: complaint.accused,
    },
    now,
  )
  await audit('complaint.judgement_filed', subjectOf(complaint), {
    after: { verdict, approval: number },
    why: judgement,
  })
  return number
}

/** CMP-07: the investigation shows that it is not founded: it is answered with reasons, and needs no remedy. */
export function dismissComplaint(actor: Actor, id: bigint, input: Dismissal, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.judge', input)
    refuseIf(await dismissalProblems(tx, complaint))
    const { reason: judgement, customerCause } = input
    const cause = customerCause ? { cause: 'customer' as const } : {}
    const data = { founded: false, customerCause, judgement, judgedAt: now, judgedById: actor.id, ...cause }
    await moveOn(tx, complaint, 'dismiss', data, now)
    await tx.remedy.updateMany({ where: { complaintId: id, state: 'draft' }, data: { state: 'dropped' } })
    await cancelClocks(tx, complaint, now, ['complaint.remedy'])
    await audit('complaint.dismissed', subjectOf(complaint), {
      before: { version: complaint.version },
      after: { verdict: customerCause ? 'customer' : 'unfounded' },
      why: judgement,
    })
    await relevel(tx, audit, id, now)
  })
}

/** Recorded twice or by mistake: kept and shown as void; nothing is waited for any more. */
export function voidComplaint(actor: Actor, id: bigint, { reason, version }: Voiding, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.void', { version })
    refuseIf(await voidProblems(tx, complaint))
    await moveOn(tx, complaint, 'void', { closedAt: now, closedById: actor.id, closing: reason, paused: false }, now)
    await cancelClocks(tx, complaint, now)
    await audit('complaint.void', subjectOf(complaint), { before: { version }, after: { state: 'void' }, why: reason })
    if (complaint.groupId !== null) await relevelGroup(tx, audit, complaint.groupId, now)
  })
}
