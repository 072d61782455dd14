import type { Tx } from '../db.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { isMissed, recordMissed } from './breaches.ts'
import { groundsOf, lockClocks, moveDue, type Clock } from './clocks.ts'
import type { AmountParameter, DeadlineKind } from './kinds.ts'
import { dueOf, type Measure } from './rules.ts'

/** Why a clock gets another due moment. */
export type Why = 'level' | 'calendar' | 'date'
type Recomputing = { why: Why; parameter?: AmountParameter; dueAt?: Date }

/**
 * Reckons running clocks anew: another level (`parameter`), another given moment (`dueAt`), or another calendar. The
 * figures are those of the regulation under which each began; what was due before stays in its events.
 */
export async function recomputeDeadlines(
  tx: Tx,
  kind: DeadlineKind,
  subjects: string[],
  now: Date,
  options: Recomputing = { why: 'level' },
): Promise<number> {
  return recomputeClocks(tx, await lockClocks(tx, kind, subjects), now, options)
}

/** The same for clocks that are locked already; answers for how many anything is different. */
export async function recomputeClocks(tx: Tx, clocks: Clock[], now: Date, options: Recomputing): Promise<number> {
  const events = []
  let changed = 0
  for (const clock of clocks) {
    const measure = await measureOf(clock, options)
    const { calendar } = await groundsOf(clock.startedAt)
    const given = measure.unit === 'moment' ? { dueAt: options.dueAt ?? clock.dueAt, pauses: [] } : null
    const reckoned = dueOf(calendar, measure, clock.startedAt, given?.pauses ?? clock.pauses, given?.dueAt)
    const dueAt = reckoned < clock.startedAt ? clock.startedAt : reckoned
    const moved = dueAt.getTime() !== clock.dueAt.getTime()
    if (moved && isMissed(clock, now)) await recordMissed(tx, clock, now)
    if (await moveDue(tx, clock, { ...measure, dueAt })) changed++
    if (!moved) continue
    const detail = { before: clock.dueAt.toISOString(), after: dueAt.toISOString(), why: options.why }
    events.push({ deadlineId: clock.id, at: now, kind: 'recomputed' as const, detail })
  }
  if (events.length > 0) await tx.deadlineEvent.createMany({ data: events })
  return changed
}

async function measureOf({ amount, unit, startedAt }: Clock, { parameter }: Recomputing): Promise<Measure> {
  return { amount: parameter ? (await regulationAt(startedAt)).value(parameter) : amount, unit }
}

/** Hands a running clock to somebody else, or to another given moment; the next person is reminded as the first was. */
export async function moveDeadline(
  tx: Tx,
  kind: DeadlineKind,
  subject: string,
  { ownerId, dueAt }: { ownerId?: bigint; dueAt?: Date },
  now: Date,
): Promise<void> {
  if (dueAt) await recomputeDeadlines(tx, kind, [subject], now, { why: 'date', dueAt })
  if (ownerId !== undefined)
    await tx.deadline.updateMany({
      where: { kind, subject, metAt: null, cancelledAt: null },
      data: { ownerId, soonNotedAt: null, overdueNotedAt: null, climbed: 0, nextStepAt: null },
    })
}
