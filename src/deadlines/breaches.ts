import type { Tx } from '../db.ts'
import { ruleEventsIn } from '../regulations/events.ts'
import type { Clock } from './clocks.ts'
import { kindOf } from './kinds.ts'

type Missing = Pick<Clock, 'breachedAt' | 'pausedAt' | 'dueAt'>

/** Its moment has passed, and no sweep has come by yet. What was paused in time has missed nothing. */
export const isMissed = ({ breachedAt, pausedAt, dueAt }: Missing, now: Date) =>
  breachedAt === null && (pausedAt ?? now) > dueAt

/** CAL-02: what was missed stays on record, also where the clock is given another moment before any sweep. */
export async function recordMissed(tx: Tx, clock: Clock, now: Date): Promise<void> {
  const { id, kind, dueAt } = clock
  await tx.deadline.update({ where: { id }, data: { breachedAt: dueAt } })
  const detail = { due: dueAt.toISOString() }
  await tx.deadlineEvent.create({ data: { deadlineId: id, at: now, kind: 'overdue', detail } })
  await ruleEventsIn(tx, [{ rule: kindOf(kind).rule, effect: 'breached', place: kind }], now)
}
