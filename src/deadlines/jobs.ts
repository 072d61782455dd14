import { Prisma } from '../../prisma/client/client.ts'
import { fileMissing } from '../confirmations/missing.ts'
import { dayStart } from '../lib/dates.ts'
import { startMissingVerifications } from '../verifications/missing.ts'
import { locked, type Clock } from './clocks.ts'
import { startMissing } from './missing.ts'
import { recomputeClocks } from './recomputing.ts'
import { sweepBatch, unlessNothing } from './sweeping/batches.ts'
import { rowsInSweep } from './sweeping/held.ts'
import { loadStaffing } from './sweeping/staffing.ts'
import { steps } from './sweeping/steps.ts'

export type Swept = { soon: number; overdue: number; escalated: number }

/**
 * CAL-02: records and reminds of what has come due soon, has become overdue, or has to climb by now; once, by however
 * many processes at a time. What has no clock yet gets one first.
 */
export async function sweep(now: Date, stopped: () => boolean = () => false): Promise<Swept> {
  await startMissing(now, stopped)
  await fileMissing(now, stopped)
  await startMissingVerifications(now, stopped)
  const swept: Swept = { soon: 0, overdue: 0, escalated: 0 }
  const staffing = await loadStaffing(now)
  for (const step of steps)
    for (let n = rowsInSweep; n > 0 && !stopped(); swept[step.name] += n) n = await sweepBatch(step, staffing, now)
  return swept
}

const rowsRecomputed = 500

type Progress = { done: number; total: number }

/** The calendar differs from a day on: reckons the running clocks anew that reach so far. */
export async function recomputeOpen(
  from: string,
  now: Date,
  tell: (progress: Progress) => Promise<void> = () => Promise.resolve(),
  stopped: () => boolean = () => false,
): Promise<{ moved: number }> {
  let [after, done, moved] = [0n, 0, 0]
  for (let more = true; more && !stopped();) {
    let clocks: Clock[] = []
    moved += await unlessNothing('deadline.recomputed', async (tx) => {
      clocks = await locked(tx, reachingTo(from, after))
      const n = await recomputeClocks(tx, clocks, now, { why: 'calendar' })
      return { n, after: { from, looked: clocks.length, moved: n } }
    })
    after = clocks.at(-1)?.id ?? after
    done += clocks.length
    more = clocks.length === rowsRecomputed
    await tell({ done, total: more ? done + rowsRecomputed : done })
  }
  return { moved }
}

function reachingTo(from: string, after: bigint): Prisma.Sql {
  const start = dayStart(from)
  return Prisma.sql`d.met_at is null and d.cancelled_at is null and d.id > ${after}
    and (d.due_at >= ${start}::timestamptz or d.next_step_at >= ${start}::timestamptz or d.paused_at is not null)
    order by d.id limit ${rowsRecomputed}`
}
