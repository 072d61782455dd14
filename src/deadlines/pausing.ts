import type { Actor } from '../access/actor.ts'
import type { Tx } from '../db.ts'
import { Refused } from '../lib/refused.ts'
import { groundsOf, lockClocks, moveDue, type Clock } from './clocks.ts'
import type { DeadlineKind } from './kinds.ts'
import { dueOf, type Pause } from './rules.ts'

/**
 * Holds a clock while something else is waited for. Refuses a second pause while one lasts; answers false where no clock
 * of the kind runs.
 */
export async function pauseDeadline(
  tx: Tx,
  actor: Actor,
  kind: DeadlineKind,
  subject: string,
  reason: string,
  now: Date,
): Promise<boolean> {
  const [clock] = await lockClocks(tx, kind, [subject])
  if (!clock) return false
  if (clock.pausedAt) throw new Refused([{ rule: 'CAL-02', reason: 'deadlines:refused.pausedAlready' }])
  await tx.deadlinePause.create({ data: { deadlineId: clock.id, fromAt: now, reason, byId: actor.id } })
  await tx.deadline.update({ where: { id: clock.id }, data: { pausedAt: now } })
  const detail = { reason, by: actor.name, n: clock.pauses.length + 1 }
  await tx.deadlineEvent.create({ data: { deadlineId: clock.id, at: now, kind: 'paused', detail } })
  return true
}

/** Lets it run on, due later by what the pause took; answers false where nothing was paused. */
export async function resumeDeadline(tx: Tx, kind: DeadlineKind, subject: string, now: Date): Promise<boolean> {
  const [clock] = await lockClocks(tx, kind, [subject])
  if (!clock?.pausedAt) return false
  await endPause(tx, clock, now)
  return true
}

export async function endPause(tx: Tx, clock: Clock, now: Date): Promise<void> {
  const { calendar } = await groundsOf(clock.startedAt)
  const pauses = clock.pauses.map((pause) => ({ ...pause, untilAt: pause.untilAt ?? now }))
  const dueAt = dueOf(calendar, clock, clock.startedAt, ...whatCounts(clock, pauses))
  await tx.deadlinePause.updateMany({ where: { deadlineId: clock.id, untilAt: null }, data: { untilAt: now } })
  await tx.deadline.update({ where: { id: clock.id }, data: { pausedAt: null } })
  await moveDue(tx, { ...clock, pausedAt: null, pauses }, { dueAt })
  const detail = { before: clock.dueAt.toISOString(), after: dueAt.toISOString() }
  await tx.deadlineEvent.create({ data: { deadlineId: clock.id, at: now, kind: 'resumed', detail } })
}

/** A given moment holds its earlier pauses already: the last one alone moves it on. */
function whatCounts({ unit, dueAt }: Clock, pauses: Pause[]): [Pause[], Date?] {
  return unit === 'moment' ? [pauses.slice(-1), dueAt] : [pauses]
}
