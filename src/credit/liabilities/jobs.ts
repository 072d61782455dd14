import { system } from '../../access/actor.ts'
import type { Audit } from '../../audit/change.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { isWorkingDay } from '../../calendar/week.ts'
import type { Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { daysOfMonth, monthAfter, monthOf } from '../../lib/months.ts'
import { once } from '../once.ts'
import { lockRelease, trailOf } from '../queries.ts'
import { dueBefore, notShipped, type Due } from './due.ts'
import { dueBy } from './repaying.ts'
import { settle } from './settling.ts'

type Done = { settled: number; told: number; moved: number }

/**
 * CRD-10: in the evening. What was due at the month's end is settled on the first working day after it, so that finance has
 * had that day to enter what came in on the last. Before that, what has not left by then becomes due with the month in
 * which it will: of goods that were never sent nothing can be owed.
 */
export async function settleMonth(now: Date): Promise<Done> {
  const done: Done = { settled: 0, told: 0, moved: 0 }
  for (const due of await notShipped(now))
    if (await unlessDone((tx, audit) => moveOn(tx, audit, due, now))) done.moved++
  if (!isWorkingDay(await calendarAt(now), dateText(now))) return done
  for (const due of await dueBefore(now)) {
    const settled = await unlessDone((tx, audit) => settle(tx, audit, due, now))
    if (settled) done.settled++
    done.told += settled?.people ?? 0
  }
  return done
}

async function moveOn(tx: Tx, audit: Audit, due: Due, now: Date): Promise<true | null> {
  const release = await lockRelease(tx, due.releaseId)
  const override = await tx.creditOverride.findUniqueOrThrow({ where: { id: due.id } })
  if (release.state === 'shipped' || release.state === 'cancelled' || override.settledAt !== null) return null
  const month = monthOf(now)
  const ends = daysOfMonth(month).at(-1) === dateText(now)
  if (!(await dueBy(tx, override, ends ? monthAfter(month, 1) : month, now))) return null
  await audit('liability.moved', trailOf(release), { after: { release: release.number } })
  return true
}

/** Null where somebody else has done it meanwhile: nothing is changed, and nothing told of. */
async function unlessDone<T>(work: (tx: Tx, audit: Audit) => Promise<T | null>): Promise<T | null> {
  const { done } = await once(system, async (tx, audit) => {
    const made = await work(tx, audit)
    return { done: made, again: made === null }
  })
  return done
}
