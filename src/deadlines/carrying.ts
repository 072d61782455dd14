import type { Tx } from '../db.ts'
import { groundsOf, lockClocks, moveDue } from './clocks.ts'
import type { DeadlineKind } from './kinds.ts'
import { dueOf } from './rules.ts'

export type CarriedPause = { fromAt: Date; untilAt: Date | null; reason: string; byId: bigint }

/** The pauses that the running clock of a kind has had, the one that lasts among them. */
export async function pausesOf(tx: Tx, kind: DeadlineKind, subject: string): Promise<CarriedPause[]> {
  const running = { kind, subject, metAt: null, cancelledAt: null }
  return tx.deadlinePause.findMany({
    where: { deadline: running },
    orderBy: { fromAt: 'asc' },
    select: { fromAt: true, untilAt: true, reason: true, byId: true },
  })
}

/**
 * CAL-02: a clock that takes the place of another, or begins while all stand still, has had their pauses, too: due later by
 * them in its own measure, and standing still where one of them lasts. What it has already is not given twice.
 */
export async function carryPauses(
  tx: Tx,
  kind: DeadlineKind,
  subject: string,
  carried: readonly CarriedPause[],
  now: Date,
): Promise<void> {
  const [clock] = await lockClocks(tx, kind, [subject])
  if (!clock) return
  const { startedAt, pauses: had } = clock
  const added = carried
    .filter(({ untilAt }) => untilAt === null || untilAt > startedAt)
    .map((pause) => ({ ...pause, fromAt: pause.fromAt < startedAt ? startedAt : pause.fromAt }))
    .filter(
      ({ fromAt, untilAt }) => !had.some((one) => one.fromAt <= fromAt && (one.untilAt ?? now) >= (untilAt ?? now)),
    )
  if (added.length === 0) return
  await tx.deadlinePause.createMany({ data: added.map((pause) => ({ ...pause, deadlineId: clock.id })) })
  const lasting = added.find(({ untilAt }) => untilAt === null)
  const pausedAt = lasting?.fromAt ?? clock.pausedAt
  await tx.deadline.update({ where: { id: clock.id }, data: { pausedAt } })
  const pauses = [...had, ...added]
  const { calendar } = await groundsOf(startedAt)
  await moveDue(tx, { ...clock, pausedAt, pauses }, { dueAt: dueOf(calendar, clock, startedAt, pauses) })
  const told = added.map(({ reason }, n) => ({
    deadlineId: clock.id,
    at: now,
    kind: 'paused' as const,
    detail: { reason, n: had.length + n + 1 },
  }))
  await tx.deadlineEvent.createMany({ data: told })
}
