import type { Tx } from '../../db.ts'
import { startClock } from '../clocks.ts'
import { moveOn, progressed } from '../course.ts'
import { compensationNow } from '../remedying.ts'
import type { Complaint } from '../queries.ts'

/** CMP-11: the customer knows, and takes what is offered. */
export async function told(tx: Tx, complaint: Complaint, at: Date, now: Date): Promise<void> {
  await tx.remedy.updateMany({ where: inForce(complaint), data: { accepted: true } })
  await moveOn(tx, complaint, 'tell', { toldAt: at }, now)
  await startReport(tx, complaint, now)
}

/** CMP-11: another remedy is wanted: a new round, and the time for it begins anew. */
export async function rejected(tx: Tx, complaint: Complaint, now: Date): Promise<void> {
  await tx.remedy.updateMany({ where: inForce(complaint), data: { accepted: false, state: 'dropped' } })
  await anotherRound(tx, complaint, 'reject', {}, now)
}

/** S1§19 art.7: the customer knows why it is not founded. */
export async function answered(tx: Tx, complaint: Complaint, at: Date, now: Date): Promise<void> {
  await tx.complaint.update({ where: { id: complaint.id }, data: { toldAt: at, version: { increment: 1 } } })
  await progressed(tx, complaint, now)
  await startReport(tx, complaint, now)
}

/** The customer holds to the complaint: it is judged once more. */
export async function disputed(tx: Tx, complaint: Complaint, now: Date): Promise<void> {
  await moveOn(tx, complaint, 'rejudge', { founded: null, reasonable: null, judgedAt: null, toldAt: null }, now)
}

/** CMP-13: whoever passed it on hears of the result. */
export async function startReport(tx: Tx, complaint: Complaint, now: Date): Promise<void> {
  if (complaint.reportingUnit) await startClock(tx, 'complaint.report', complaint, now)
}

/** CMP-11: back to the remedy, one round on; what was given before stays given. */
export async function anotherRound(
  tx: Tx,
  complaint: Complaint,
  act: 'reject' | 'dissatisfy' | 'reopen',
  data: { satisfaction?: number | null },
  now: Date,
): Promise<void> {
  const next = {
    round: complaint.round + 1,
    toldAt: null,
    askedAt: null,
    outcome: null,
    compensation: await compensationNow(tx, complaint),
  }
  const state = await moveOn(tx, complaint, act, { ...next, ...data }, now)
  await startClock(tx, 'complaint.remedy', { ...complaint, state }, now)
}

const inForce = ({ id, round }: Complaint) => ({ complaintId: id, round, state: 'approved' as const })
