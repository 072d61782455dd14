import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { Refused, refuseIf } from '../../lib/refused.ts'
import { holdFor } from '../holding.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import type { Confirmation, Correction, LiabilityInput, Withdrawal } from './forms.ts'
import { lockLiability } from './queries.ts'
import { recordingProblems, rowProblems, selfProblems } from './rules.ts'

/** CMP-17: writes down who is liable and what is proposed; the general manager confirms it. */
export function recordLiability(actor: Actor, complaintId: bigint, input: LiabilityInput, now: Date): Promise<void> {
  return act(actor, complaintId, 'liabilities.record', async (tx, audit, complaint) => {
    const row = await rowOf(tx, actor, complaint, input)
    const { id } = await tx.liability.create({ data: { complaintId, ...row, recordedAt: now, recordedById: actor.id } })
    await audit('liability.recorded', subjectOf(complaint), { after: told(id, row), why: row.reason })
  })
}

/** Until it is confirmed it may be put right. */
export function correctLiability(actor: Actor, complaintId: bigint, id: bigint, input: Correction): Promise<void> {
  return act(actor, complaintId, 'liabilities.record', async (tx, audit, complaint) => {
    const before = await openRow(tx, actor, id, input.version)
    const row = await rowOf(tx, actor, complaint, input)
    // PPL-02: these are this person's figures now; whoever wrote the last ones does not confirm them.
    await tx.liability.update({ where: { id }, data: { ...row, recordedById: actor.id, version: { increment: 1 } } })
    await audit('liability.corrected', subjectOf(complaint), { before: told(id, before), after: told(id, row) })
  })
}

export function withdrawLiability(
  actor: Actor,
  complaintId: bigint,
  id: bigint,
  { reason, version }: Withdrawal,
  now: Date,
): Promise<void> {
  return act(actor, complaintId, 'liabilities.record', async (tx, audit, complaint) => {
    const before = await openRow(tx, actor, id, version)
    await tx.liability.update({ where: { id }, data: { withdrawnAt: now, version: { increment: 1 } } })
    await audit('liability.withdrawn', subjectOf(complaint), { before: told(id, before), why: reason })
  })
}

/** PPL-02: confirmed by another than who recorded it; the confirmation may be taken back with a reason. */
export function confirmLiability(
  actor: Actor,
  complaintId: bigint,
  id: bigint,
  { verdict, reason, version }: Confirmation,
  now: Date,
): Promise<void> {
  return act(actor, complaintId, 'liabilities.confirm', async (tx, audit, complaint) => {
    const before = await lockLiability(tx, id)
    refuseIf(selfProblems(actor.id, before))
    refuseIfChanged(before, version)
    const confirming = verdict === 'confirm'
    if (confirming === (before.confirmedAt !== null))
      throw new Refused([{ rule: 'CMP-17', reason: 'measures:refused.confirmedAlready' }])
    if (!confirming && !reason)
      throw new Refused([{ rule: 'CMP-17', reason: 'measures:refused.whyTakenBack', field: 'reason' }])
    const data = confirming ? { confirmedAt: now, confirmedById: actor.id } : { confirmedAt: null, confirmedById: null }
    await tx.liability.update({ where: { id }, data: { ...data, version: { increment: 1 } } })
    const action = confirming ? 'liability.confirmed' : 'liability.unconfirmed'
    await audit(action, subjectOf(complaint), { after: told(id, before), ...(reason ? { why: reason } : {}) })
  })
}

type Work = (tx: Tx, audit: Audit, complaint: Complaint) => Promise<void>
function act(actor: Actor, id: bigint, right: 'liabilities.record' | 'liabilities.confirm', work: Work): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, right)
    await work(tx, audit, complaint)
  })
}

/** A row that may still be changed, by somebody it does not burden. */
async function openRow(tx: Tx, actor: Actor, id: bigint, opened: number) {
  const row = await lockLiability(tx, id)
  const { staffId, headId } = row
  refuseIf(selfProblems(actor.id, { staffId, headId }))
  refuseIfChanged(row, opened)
  if (row.confirmedAt !== null) throw new Refused([{ rule: 'CMP-17', reason: 'measures:refused.confirmed' }])
  return row
}

function refuseIfChanged(row: { version: number; withdrawnAt: Date | null }, opened: number): void {
  if (row.version !== opened || row.withdrawnAt !== null)
    throw new Refused([{ rule: 'CMP-17', reason: 'measures:refused.rowChanged' }])
}

async function rowOf(tx: Tx, actor: Actor, complaint: Complaint, input: LiabilityInput) {
  const { delay, loss, penalty, headPenalty, reason } = input
  const departmentId = input.department!
  if ((await tx.department.count({ where: { id: departmentId } })) === 0)
    throw new Refused([{ rule: 'CMP-17', reason: 'measures:refused.unknownDepartment', field: 'department' }])
  const staffId = await personOf(tx, input.staff, 'staff')
  const headId = await personOf(tx, input.head, 'head')
  const row = { departmentId, staffId, headId, delay, loss, penalty, headPenalty, reason }
  refuseIf([
    ...recordingProblems(complaint, delay),
    ...rowProblems(row),
    ...selfProblems(actor.id, { staffId, headId }),
  ])
  return row
}

/** Who has left since may be liable, too. */
async function personOf(tx: Tx, number: string | null, field: string): Promise<bigint | null> {
  if (number === null) return null
  const found = await tx.staff.findUnique({ where: { number: number.toUpperCase() }, select: { id: true } })
  if (found) return found.id
  throw new Refused([{ rule: 'CMP-17', reason: 'measures:refused.unknownStaff', field }])
}

type Told = {
  departmentId: bigint
  staffId: bigint | null
  headId: bigint | null
  delay: boolean
  loss: { toString(): string }
  penalty: { toString(): string }
  headPenalty: { toString(): string }
}
const told = (id: bigint, { departmentId, staffId, headId, delay, loss, penalty, headPenalty }: Told) => ({
  liability: id,
  departmentId,
  staffId,
  headId,
  delay,
  loss: loss.toString(),
  penalty: penalty.toString(),
  headPenalty: headPenalty.toString(),
})
