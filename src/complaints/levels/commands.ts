import type { ComplaintLevel, LevelChangeKind } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { refuseIf } from '../../lib/refused.ts'
import { alarm } from '../alarming.ts'
import { cancelClocks, levelClocks } from '../clocks.ts'
import { progressed } from '../course.ts'
import { holdFor } from '../holding.ts'
import { reasonsOf, relevel } from '../leveling.ts'
import { lockComplaint, subjectOf, type Complaint } from '../queries.ts'
import { remedyOutdated } from '../remedying.ts'
import { graveProblems, loweringProblems, raisingProblems } from './rules.ts'

export type NewLevel = { level: ComplaintLevel; reason: string; version?: number }

/** CMP-06: whoever handles it raises it with a reason; it does not fall below that by itself. */
export function raiseLevel(actor: Actor, id: bigint, { level, reason, version }: NewLevel, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.raise', { version, rule: 'CMP-06' })
    refuseIf(raisingProblems(complaint, level))
    const facts = await factsNow(tx, complaint)
    const set = { ...complaint, level, raisedTo: level }
    await write(tx, actor, complaint, { kind: 'raised', set, facts, reason }, now)
    await audit('complaint.level_raised', subjectOf(complaint), told(complaint, level, reason))
    await signedAnew(tx, audit, complaint, now)
    if (level === 'major') await alarm(tx, set, now)
  })
}

/** CMP-06: the customer service manager alone lowers it; the facts of this moment no longer speak, a new one does. */
export function lowerLevel(actor: Actor, id: bigint, { level, reason, version }: NewLevel, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.lower', { version, rule: 'CMP-06' })
    refuseIf(loweringProblems(complaint, level))
    const facts = await factsNow(tx, complaint)
    const set = { ...complaint, level, raisedTo: null, loweredTo: level, overruled: facts }
    await write(tx, actor, complaint, { kind: 'lowered', set, facts, reason }, now)
    await audit('complaint.level_lowered', subjectOf(complaint), told(complaint, level, reason))
    await signedAnew(tx, audit, complaint, now)
    if (complaint.level === 'major') await cancelClocks(tx, complaint, now, ['complaint.warning'])
  })
}

/** CMP-06: wide or grave, in the customer service manager's judgement: a fact like the others from then on. */
export function judgeGrave(
  actor: Actor,
  id: bigint,
  { reason, version }: { reason: string; version: number },
  now: Date,
): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await holdFor(tx, actor, id, 'complaints.lower', { version, rule: 'CMP-06' })
    refuseIf(graveProblems(complaint))
    const data = { grave: true, graveReason: reason, version: { increment: 1 } }
    await tx.complaint.update({ where: { id }, data })
    await audit('complaint.judged_grave', subjectOf(complaint), { after: { grave: true }, why: reason })
    await relevel(tx, audit, id, now)
    await progressed(tx, await lockComplaint(tx, id), now)
  })
}

/** CMP-10: who signs goes by the level: a remedy that waits to be signed is proposed anew. */
const signedAnew = async (tx: Tx, audit: Audit, { id }: Complaint, now: Date) =>
  remedyOutdated(tx, audit, await lockComplaint(tx, id), now)

const factsNow = async (tx: Tx, complaint: Complaint) => (await reasonsOf(tx, complaint)).map(({ fact }) => fact)

const told = ({ level: before, version }: Complaint, after: ComplaintLevel, why: string) => ({
  before: { level: before, version },
  after: { level: after, version: version + 1 },
  why,
})

type Change = { kind: LevelChangeKind; set: Complaint; facts: string[]; reason: string }

async function write(
  tx: Tx,
  actor: Actor,
  complaint: Complaint,
  { kind, set, facts, reason }: Change,
  now: Date,
): Promise<void> {
  const { level, raisedTo, loweredTo, overruled } = set
  const data = { level, raisedTo, loweredTo, overruled, version: { increment: 1 } }
  await tx.complaint.update({ where: { id: complaint.id }, data })
  const line = { complaintId: complaint.id, at: now, kind, before: complaint.level, after: level, facts, reason }
  await tx.levelChange.create({ data: { ...line, byId: actor.id } })
  await levelClocks(tx, set, now)
  await progressed(tx, set, now)
}
