import type { Actor } from '../../access/actor.ts'
import { holdersAt } from '../../approvals/holders.ts'
import { fileRequest } from '../../approvals/filing.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { refuseIf } from '../../lib/refused.ts'
import { meetClock } from '../clocks.ts'
import { moveOn } from '../course.ts'
import { gateProblems } from '../crises/gates.ts'
import { holdFor } from '../holding.ts'
import { relevel } from '../leveling.ts'
import { lockComplaint, subjectOf, type Complaint } from '../queries.ts'
import { remedyBasis, remedyKind } from '../remedying.ts'
import { complaintStates } from '../states.ts'
import { refuseIfProposed } from './conflict.ts'
import { asWritten, draftOf, returnedBefore, type Remedy } from './queries.ts'
import { firstOf, signaturesOf, totalOf, wholeProblems, type Item } from './rules.ts'
import { weightOf } from './weighing.ts'

type Written = { items: Item[]; reason: string; version: number }

/**
 * CMP-10: keeps the remedy of this round as it is by now, whole or not; its sum counts for the level at once (CMP-06).
 * Answers with the complaint's version.
 */
export function draftRemedy(actor: Actor, id: bigint, input: Written, now: Date): Promise<number> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.handle')
    await refuseIfProposed(tx, actor, complaint, input)
    await writeDraft(tx, audit, actor, complaint, input, now)
    await tx.complaint.update({ where: { id }, data: { version: { increment: 1 } } })
    await relevel(tx, audit, id, now)
    return (await lockComplaint(tx, id)).version
  })
}

/** CMP-10, CMP-13: sends the draft to whoever approves it, by amount and level. Answers with the approval's number. */
export function submitRemedy(actor: Actor, id: bigint, version: number, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.handle', { version, rule: 'CMP-10' })
    complaintStates.next(complaint.state, 'submit')
    const draft = await draftOf(tx, complaint)
    refuseIf([...wholeProblems(asWritten(draft)), ...(await gateProblems(tx, complaint))])
    const remedy = await tx.remedy.update({
      where: { id: draft!.id },
      data: { state: 'waiting', proposedById: actor.id, proposedAt: now, version: { increment: 1 } },
    })
    const filed = await file(tx, audit, actor, { complaint, remedy, drafter: draft!.proposedById }, now)
    await moveOn(tx, complaint, 'submit', {}, now)
    await meetClock(tx, 'complaint.remedy', complaint, now)
    await audit('complaint.remedy_submitted', subjectOf(complaint), {
      after: { round: complaint.round, total: remedy.total.toFixed(2), approval: filed.number },
    })
    return filed.number
  })
}

async function writeDraft(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  complaint: Complaint,
  { items, reason }: Written,
  now: Date,
): Promise<void> {
  const before = await draftOf(tx, complaint)
  const total = totalOf(items)
  const rows = items.map((item, at) => ({ ...item, n: at + 1 }))
  const data = { reason, total, proposedById: actor.id, proposedAt: now }
  if (before) {
    await tx.remedyItem.deleteMany({ where: { remedyId: before.id } })
    await tx.remedy.update({
      where: { id: before.id },
      data: { ...data, version: { increment: 1 }, items: { create: rows } },
    })
  } else
    await tx.remedy.create({
      data: { ...data, complaintId: complaint.id, round: complaint.round, items: { create: rows } },
    })
  await audit('complaint.remedy_drafted', subjectOf(complaint), {
    before: { ...asWritten(before), version: complaint.version },
    after: { round: complaint.round, total, items, reason },
  })
}

type Sending = { complaint: Complaint; remedy: Omit<Remedy, 'items'>; drafter: bigint }

async function file(tx: Tx, audit: Audit, actor: Actor, { complaint, remedy, drafter }: Sending, now: Date) {
  const { departmentId, regionId, ownerId, accused } = complaint
  const place = { departmentId, regionId }
  const excluded = [...new Set([drafter, ...(ownerId === null ? [] : [ownerId]), ...accused])]
  const weight = await weightOf(complaint, remedy.total.toFixed(2))
  const able = await holdersAt(tx, firstOf(weight), place)
  const out = new Set([actor.id, ...excluded])
  const signatures = signaturesOf(weight, able.includes(actor.id) || able.every((id) => out.has(id)))
  const follows = await returnedBefore(tx, complaint)
  return fileRequest(
    tx,
    audit,
    actor,
    {
      kind: remedyKind,
      subject: subjectOf(complaint),
      place,
      basis: remedyBasis(complaint, remedy),
      amount: remedy.total.toFixed(2),
      payload: { remedy: String(remedy.id) },
      signatures: signatures.map((role) => ({ role })),
      excluded,
      ...(follows === null ? {} : { follows }),
    },
    now,
  )
}
