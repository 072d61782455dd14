import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { Refused } from '../../lib/refused.ts'
import { carryPauses, pausesOf } from '../../deadlines/commands.ts'
import { goneOf } from '../../organisation/queries.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { departmentName } from '../assigning/queries.ts'
import { handlersAt } from '../handlers.ts'
import { cancelClocks, doneClockOf, handOnClocks, levelClocks, startClock } from '../clocks.ts'
import { moveOn } from '../course.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import { actOf, type Judgement } from './rules.ts'

type Judged = Judgement & { judgedById: bigint; accepted?: boolean }

/** What a judgement does, at once or when it is accepted (CMP-07, CMP-22). */
export async function judgeStep(tx: Tx, audit: Audit, complaint: Complaint, judged: Judged, now: Date): Promise<void> {
  const { verdict, reasonable, kind, judgement, judgedById } = judged
  const departmentId = judged.departmentId ?? complaint.departmentId
  if (await goneOf(tx, { departmentId, regionId: null }))
    throw new Refused([{ rule: 'PPL-01', reason: 'judging:refused.placeGone', field: 'departmentId' }])
  const ownerId = await stillHandles(tx, complaint, departmentId)
  const word = { founded: verdict === 'founded', customerCause: verdict === 'customer', reasonable, judgement }
  const cause = verdict === 'customer' ? { cause: 'customer' as const } : {}
  const data = { ...word, ...cause, kind, departmentId, ownerId, judgedAt: now, judgedById }
  const after = { ...complaint, kind, departmentId, ownerId }
  const state = await moveOn(tx, complaint, actOf(verdict, judged.accepted), data, now)
  await kindClocks(tx, complaint, { ...after, state }, now)
  if (ownerId !== complaint.ownerId) await handOnClocks(tx, { ...after, state }, now)
  if (verdict !== 'founded') await cancelClocks(tx, complaint, now, ['complaint.remedy'])
  await audit('complaint.judged', subjectOf(complaint), {
    before: {
      kind: complaint.kind,
      department: complaint.department?.name ?? null,
      ids: { department: complaint.departmentId === null ? null : String(complaint.departmentId) },
      version: complaint.version,
    },
    after: { verdict, reasonable, kind, department: await departmentName(tx, departmentId) },
    why: judgement,
  })
}

/** A handler of another department cannot go on; it waits to be assigned there. */
async function stillHandles(tx: Tx, complaint: Complaint, departmentId: bigint | null): Promise<bigint | null> {
  const { ownerId } = complaint
  if (ownerId === null || departmentId === complaint.departmentId) return ownerId
  return (await handlersAt(tx, complaint, departmentId)).includes(ownerId) ? ownerId : null
}

/** CMP-14, CMP-21: another kind may have another clock, with the pauses of the old one, whose moment stays in its events. */
export async function kindClocks(tx: Tx, before: Complaint, after: Complaint, now: Date): Promise<void> {
  const regulation = await regulationAt(before.recordedAt)
  const [was, is] = [doneClockOf(regulation, before), doneClockOf(regulation, after)]
  if (was.clock === is.clock && was.parameter === is.parameter) return
  if (was.clock === is.clock) return levelClocks(tx, after, now)
  const subject = subjectOf(after)
  const running = await tx.deadline.findFirst({
    where: { subject, kind: was.clock, metAt: null, cancelledAt: null },
    select: { startedAt: true },
  })
  const pauses = await pausesOf(tx, was.clock, subject)
  await cancelClocks(tx, before, now, [was.clock])
  // Taken up again it runs from then, not from the first receipt.
  await startClock(tx, is.clock, after, running?.startedAt ?? after.receivedAt, is.parameter)
  await carryPauses(tx, is.clock, subject, pauses, now)
}
