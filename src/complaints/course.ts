import type { Prisma } from '../../prisma/client/client.ts'
import type { ComplaintState } from '../../prisma/client/enums.ts'
import type { Tx } from '../db.ts'
import { meetClock, startClock } from './clocks.ts'
import { endPauseStep } from './pausing.ts'
import { complaintStates, isOpen, type ComplaintAct } from './states.ts'
import type { Complaint } from './queries.ts'

type Data = Omit<Prisma.ComplaintUncheckedUpdateInput, 'id' | 'state' | 'version'>

/** CMP-07: takes a locked complaint to its next step, with what that step writes; refuses steps that are left out. */
export async function moveOn(
  tx: Tx,
  complaint: Complaint,
  act: ComplaintAct,
  data: Data,
  now: Date,
): Promise<ComplaintState> {
  const state = complaintStates.next(complaint.state, act)
  await tx.complaint.update({ where: { id: complaint.id }, data: { ...data, state, version: { increment: 1 } } })
  const going = { ...complaint, state }
  // CMP-21: a step of ours was done, so nobody waits for the customer.
  await progressed(tx, complaint.paused ? await endPauseStep(tx, going, now) : going, now)
  return state
}

/** CMP-15: something was entered: the time until the next entry begins anew. */
export async function progressed(tx: Tx, complaint: Complaint, now: Date): Promise<void> {
  await meetClock(tx, 'complaint.progress', complaint, now)
  if (isOpen(complaint.state) && !complaint.paused) await startClock(tx, 'complaint.progress', complaint, now)
}
