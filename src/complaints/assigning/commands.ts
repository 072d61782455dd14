import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { Refused, refuseIf } from '../../lib/refused.ts'
import { notify, withdrawNotices } from '../../notices/commands.ts'
import { goneOf } from '../../organisation/queries.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { cancelClocks, handOnClocks } from '../clocks.ts'
import { progressed } from '../course.ts'
import { lockHandler } from '../handlers.ts'
import { holdFor } from '../holding.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import { assigned } from '../taking.ts'
import { departmentName, isUndoable, lastAssignment } from './queries.ts'
import { assignmentProblems } from './rules.ts'

export type Assigning = { departmentId: bigint; ownerId: bigint | null; reason: string | null; version?: number }

/** CMP-13: gives a complaint to the responsible department and a handler; the bulk act takes the same step for each. */
export function assignComplaint(actor: Actor, complaintId: bigint, input: Assigning, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, complaintId, 'complaints.assign', {
      version: input.version,
      rule: 'CMP-13',
    })
    await assignStep(tx, audit, actor, complaint, input, now)
  })
}

export async function assignStep(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  complaint: Complaint,
  { departmentId, ownerId, reason }: Assigning,
  now: Date,
): Promise<void> {
  refuseIf(assignmentProblems(complaint, { departmentId, ownerId, reason }))
  if (await goneOf(tx, { departmentId, regionId: null }))
    throw new Refused([{ rule: 'PPL-01', reason: 'judging:refused.placeGone', field: 'departmentId' }])
  const owner = ownerId === null ? null : await lockHandler(tx, complaint, { departmentId, ownerId })
  if (ownerId !== null && !owner)
    throw new Refused([{ rule: 'CMP-03', reason: 'judging:refused.notHandler', field: 'ownerId' }])
  const place = { departmentId, department: await departmentName(tx, departmentId) }
  await move(tx, complaint, { ...place, ownerId, owner: owner?.name ?? null }, now, async (told) => {
    await audit('complaint.assigned', subjectOf(complaint), { ...told, ...(reason ? { why: reason } : {}) })
  })
  if (ownerId !== null && ownerId !== complaint.ownerId && ownerId !== actor.id)
    await tellHandler(tx, complaint, { to: ownerId, by: actor.name }, now)
}

/** Within the seconds of an undo, for whoever assigned it, while nothing came after it. */
export function undoAssignment(actor: Actor, complaintId: bigint, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, complaintId, 'complaints.assign')
    const seconds = (await regulationAt(now)).value('customers.undo_seconds')
    const last = await lastAssignment(tx, subjectOf(complaint))
    if (!last || !isUndoable(last, actor, complaint.version, now, seconds))
      throw new Refused([{ rule: 'CMP-13', reason: 'judging:refused.undoLate' }])
    const id = (text: string | null) => (text === null ? null : BigInt(text))
    const [ownerId, departmentId] = [id(last.before.ids.owner), id(last.before.ids.department)]
    const back = ownerId === null ? null : await lockHandler(tx, complaint, { departmentId, ownerId })
    if (ownerId !== null && !back) throw new Refused([{ rule: 'CMP-03', reason: 'judging:refused.notHandler' }])
    if (complaint.ownerId !== ownerId) await takeBack(tx, complaint)
    const place = { departmentId, department: await departmentName(tx, departmentId) }
    await move(tx, complaint, { ...place, ownerId, owner: back?.name ?? null }, now, async (told) => {
      await audit('complaint.assignment_undone', subjectOf(complaint), told)
    })
    if (ownerId === null) await cancelClocks(tx, complaint, now, ['complaint.remedy'])
  })
}

type To = { departmentId: bigint | null; department: string | null; ownerId: bigint | null; owner: string | null }

async function move(
  tx: Tx,
  complaint: Complaint,
  to: To,
  now: Date,
  tell: (told: { before: object; after: object }) => Promise<void>,
): Promise<void> {
  const { departmentId, ownerId } = to
  const assignedAt = ownerId === null ? null : ownerId === complaint.ownerId ? complaint.assignedAt : now
  const version = complaint.version + 1
  await tx.complaint.update({ where: { id: complaint.id }, data: { departmentId, ownerId, assignedAt, version } })
  const moved = { ...complaint, departmentId, ownerId, assignedAt, version }
  if (ownerId === null) await handOnClocks(tx, moved, now)
  else await assigned(tx, moved, now)
  await progressed(tx, moved, now)
  const ids = { owner: asText(complaint.ownerId), department: asText(complaint.departmentId) }
  const was = { department: complaint.department?.name ?? null, owner: complaint.owner?.name ?? null, ids }
  await tell({
    before: { ...was, version: complaint.version },
    after: { department: to.department, owner: to.owner, version },
  })
}

const asText = (id: bigint | null) => (id === null ? null : String(id))

export async function tellHandler(
  tx: Tx,
  complaint: Complaint,
  { to, by }: { to: bigint; by: string },
  now: Date,
): Promise<void> {
  const { number } = complaint
  const href = `/complaints/${number}`
  await notify(
    tx,
    [{ kind: 'complaint.assigned', to, subject: subjectOf(complaint), href, rule: 'CMP-13', params: { number, by } }],
    now,
  )
}

/** Nothing was done since: who had it by mistake never handled it (CMP-11), and is told nothing. */
async function takeBack(tx: Tx, complaint: Complaint): Promise<void> {
  const { id, ownerId, assignedAt: since } = complaint
  if (ownerId === null) return
  await tx.complaintHandler.create({ data: { complaintId: id, staffId: ownerId, takenBack: true } })
  if (since === null) return
  await withdrawNotices(tx, { to: [ownerId], kind: 'complaint.assigned', subject: subjectOf(complaint), since })
}
