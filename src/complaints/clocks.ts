import type { ComplaintKind, ComplaintLevel } from '../../prisma/client/enums.ts'
import type { Tx } from '../db.ts'
import {
  cancelDeadlines,
  carryPauses,
  meetDeadlines,
  moveDeadline,
  recomputeDeadlines,
  startDeadlines,
} from '../deadlines/commands.ts'
import type { AmountParameter, DeadlineKind } from '../deadlines/kinds.ts'
import { regulationAt, type Regulation } from '../regulations/in-force.ts'
import { isOpen } from './states.ts'
import { subjectOf, type Complaint } from './queries.ts'

/** Every clock that a complaint itself can have. */
export const complaintClocks = [
  'complaint.contact',
  'complaint.first_result',
  'complaint.remedy',
  'complaint.report',
  'complaint.done',
  'complaint.done_days',
  'complaint.done_hours',
  'complaint.warning',
  'complaint.progress',
] as const satisfies readonly DeadlineKind[]
export type ComplaintClock = (typeof complaintClocks)[number]

/** CMP-21: what stands still with the customer. What is owed to others, a warning or a report, waits for no customer. */
export const pausedClocks: readonly ComplaintClock[] = complaintClocks.filter(
  (clock) => clock !== 'complaint.warning' && clock !== 'complaint.report',
)

export const doneClocks = ['complaint.done', 'complaint.done_days', 'complaint.done_hours'] as const

const doneByLevel = {
  general: 'complaints.done_general',
  important: 'complaints.done_important',
  major: 'complaints.done_major',
} as const satisfies Record<ComplaintLevel, AmountParameter>

/** CMP-14: which clock says when a complaint must be done, and by which figure. */
export function doneClockOf(
  { value }: Pick<Regulation, 'value'>,
  { kind, level }: { kind: ComplaintKind; level: ComplaintLevel },
): { clock: (typeof doneClocks)[number]; parameter: AmountParameter } {
  if (kind === 'service_quality' && value('complaints.service_clock') === 'days')
    return { clock: 'complaint.done_days', parameter: 'complaints.service_days' }
  const by = value('complaints.done_clock')
  if (by === 'days') return { clock: 'complaint.done_days', parameter: 'complaints.done_days' }
  if (by === 'hours') return { clock: 'complaint.done_hours', parameter: 'complaints.done_hours' }
  return { clock: 'complaint.done', parameter: doneByLevel[level] }
}

type Timed = Pick<
  Complaint,
  'id' | 'kind' | 'level' | 'state' | 'paused' | 'ownerId' | 'receivedById' | 'receivedAt' | 'recordedAt'
>

/** Whose the clocks are: the handler's, before that of who received it. */
const whose = ({ ownerId, receivedById }: Timed) => ownerId ?? receivedById

/** CMP-12 … 15: the clocks that run from receipt. */
export async function startReceiptClocks(tx: Tx, complaint: Timed): Promise<void> {
  const { clock, parameter } = doneClockOf(await regulationAt(complaint.recordedAt), complaint)
  await startClock(tx, 'complaint.contact', complaint, complaint.receivedAt)
  await startClock(tx, 'complaint.first_result', complaint, complaint.receivedAt)
  await startClock(tx, clock, complaint, complaint.receivedAt, parameter)
  await startClock(tx, 'complaint.progress', complaint, complaint.recordedAt)
  if (complaint.level === 'major') await startClock(tx, 'complaint.warning', complaint, complaint.recordedAt)
}

/**
 * Starts one clock of a complaint; where one of the kind runs already, it runs on as it is. CMP-21: while the clocks stand
 * still it begins standing still.
 */
export async function startClock(
  tx: Tx,
  clock: ComplaintClock,
  complaint: Timed,
  from: Date,
  parameter?: AmountParameter,
): Promise<void> {
  const subjects = [{ subject: subjectOf(complaint), ownerId: whose(complaint) }]
  await startDeadlines(tx, clock, subjects, from, parameter ? { parameter } : {})
  if (!complaint.paused || !pausedClocks.includes(clock)) return
  const lasting = await tx.complaintPause.findMany({
    where: { complaintId: complaint.id, untilAt: null },
    select: { fromAt: true, untilAt: true, reason: true, byId: true },
  })
  await carryPauses(tx, clock, subjectOf(complaint), lasting, from)
}

export const meetClock = (tx: Tx, clock: ComplaintClock, complaint: { id: bigint }, now: Date) =>
  meetDeadlines(tx, clock, [subjectOf(complaint)], now)

/** Another handler: all its clocks are that person's from now on, and the remedy's begins (CMP-13). */
export async function handOnClocks(tx: Tx, complaint: Timed, now: Date): Promise<void> {
  for (const clock of complaintClocks)
    await moveDeadline(tx, clock, subjectOf(complaint), { ownerId: whose(complaint) }, now)
}

/** CMP-14, wish 28: another level or kind has another due moment; the old one stays in the clock's events. */
export async function levelClocks(tx: Tx, complaint: Timed, now: Date): Promise<void> {
  if (!isOpen(complaint.state)) return
  const { clock, parameter } = doneClockOf(await regulationAt(complaint.recordedAt), complaint)
  await recomputeDeadlines(tx, clock, [subjectOf(complaint)], now, { why: 'level', parameter })
  if (complaint.level === 'major') await startClock(tx, 'complaint.warning', complaint, now)
}

/** Nothing is waited for any more. */
export async function cancelClocks(
  tx: Tx,
  complaint: { id: bigint },
  now: Date,
  clocks: readonly ComplaintClock[] = complaintClocks,
): Promise<void> {
  for (const clock of clocks) await cancelDeadlines(tx, clock, [subjectOf(complaint)], now)
}
