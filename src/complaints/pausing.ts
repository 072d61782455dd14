import type { Actor } from '../access/actor.ts'
import type { Tx } from '../db.ts'
import { pauseDeadline, resumeDeadline } from '../deadlines/commands.ts'
import { pausedClocks, startClock } from './clocks.ts'
import { isOpen } from './states.ts'
import { subjectOf, type Complaint } from './queries.ts'

type Pausing = { reason: string; mostUntil: Date }

/** All clocks of a locked complaint that can stand still do so together. */
export async function pauseStep(
  tx: Tx,
  actor: Actor,
  complaint: Complaint,
  { reason, mostUntil }: Pausing,
  now: Date,
): Promise<void> {
  const { id } = complaint
  await tx.complaintPause.create({ data: { complaintId: id, fromAt: now, mostUntil, reason, byId: actor.id } })
  await tx.complaint.update({ where: { id }, data: { paused: true, version: { increment: 1 } } })
  for (const clock of pausedClocks) await pauseDeadline(tx, actor, clock, subjectOf(complaint), reason, now)
}

/**
 * CMP-21: the clocks of a locked complaint go on, at the latest from when its days are used up, whenever that is found.
 * `endedById` null: by itself, or because the complaint moved on.
 */
export async function endPauseStep(
  tx: Tx,
  complaint: Complaint,
  now: Date,
  endedById: bigint | null = null,
): Promise<Complaint> {
  const { id } = complaint
  const pause = await tx.complaintPause.findFirst({ where: { complaintId: id, untilAt: null } })
  const at = pause && pause.mostUntil < now ? pause.mostUntil : now
  if (pause) await tx.complaintPause.update({ where: { id: pause.id }, data: { untilAt: at, endedById } })
  await tx.complaint.update({ where: { id }, data: { paused: false, version: { increment: 1 } } })
  for (const clock of pausedClocks) await resumeDeadline(tx, clock, subjectOf(complaint), at)
  const going = { ...complaint, paused: false }
  // What was entered meanwhile began no new time.
  if (isOpen(complaint.state)) await startClock(tx, 'complaint.progress', going, at)
  return going
}
