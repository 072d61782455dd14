import { Prisma } from '../../prisma/client/client.ts'
import type { DeadlineUnit } from '../../prisma/client/enums.ts'
import { calendarAt } from '../calendar/queries.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import type { Tx } from '../db.ts'
import { regulationAt } from '../regulations/in-force.ts'
import type { DeadlineKind } from './kinds.ts'
import { soonOf, stepAt, type Moments, type Pause } from './rules.ts'
import { ladderOf } from './sweeping/ladder.ts'

/** A deadline that has not ended, locked. */
export type Clock = Moments & {
  id: bigint
  kind: DeadlineKind
  subject: string
  amount: number
  unit: DeadlineUnit
  startedAt: Date
  breachedAt: Date | null
  overdueNotedAt: Date | null
  climbed: number
  nextStepAt: Date | null
  pauses: Pause[]
}

const columns = Prisma.sql`d.id, d.kind, d.subject, d.amount, d.unit::text, d.started_at as "startedAt", d.due_at as "dueAt",
  d.soon_at as "soonAt", d.paused_at as "pausedAt", d.met_at as "metAt", d.cancelled_at as "cancelledAt",
  d.breached_at as "breachedAt", d.overdue_noted_at as "overdueNotedAt", d.climbed, d.next_step_at as "nextStepAt",
  coalesce((select json_agg(json_build_object('fromAt', p.from_at, 'untilAt', p.until_at) order by p.from_at)
    from deadline_pause p where p.deadline_id = d.id), '[]') as pauses`

/** The open clocks of a kind that these subjects have, held until the transaction ends. */
export function lockClocks(tx: Tx, kind: DeadlineKind, subjects: string[]): Promise<Clock[]> {
  return locked(
    tx,
    Prisma.sql`d.kind = ${kind} and d.subject = any(${subjects}::text[]) and d.met_at is null and d.cancelled_at is null
      order by d.id`,
  )
}

/** Open clocks by what else tells them apart. */
export async function locked(tx: Tx, where: Prisma.Sql): Promise<Clock[]> {
  const found = await tx.$queryRaw<Clock[]>`select ${columns} from deadline d where ${where} for update of d`
  return found.map((clock) => ({ ...clock, pauses: clock.pauses.map(asDates) }))
}

const asDates = ({ fromAt, untilAt }: Pause): Pause => ({
  fromAt: new Date(fromAt),
  untilAt: untilAt === null ? null : new Date(untilAt),
})

/** Under what a clock is reckoned: the figures from its start, the days of the calendar as they are known now. */
export async function groundsOf(startedAt: Date): Promise<{ calendar: Calendar; share: number }> {
  const regulation = await regulationAt(startedAt)
  return { calendar: await calendarAt(startedAt), share: regulation.value('deadlines.soon_share') }
}

/**
 * Gives a clock another due moment. Whatever was already reminded of the old one is reminded anew of the new one; a
 * breach that was recorded stays. False where nothing differs.
 */
export async function moveDue(
  tx: Tx,
  clock: Clock,
  next: { dueAt: Date; amount?: number; unit?: DeadlineUnit },
): Promise<boolean> {
  const { calendar, share } = await groundsOf(clock.startedAt)
  const { dueAt, amount = clock.amount, unit = clock.unit } = next
  const soonAt = soonOf(calendar, unit, { ...clock, dueAt }, share)
  const moved = !same(dueAt, clock.dueAt)
  const rung = (await ladderOf(clock.kind, clock.startedAt))[clock.climbed]
  const nextStepAt = moved || clock.nextStepAt === null || !rung ? null : stepAt(calendar, dueAt, rung)
  if (!moved && same(soonAt, clock.soonAt) && same(nextStepAt, clock.nextStepAt) && amount === clock.amount)
    return false
  const anew = moved ? { soonNotedAt: null, overdueNotedAt: null, climbed: 0 } : {}
  await tx.deadline.update({ where: { id: clock.id }, data: { dueAt, soonAt, amount, unit, nextStepAt, ...anew } })
  return true
}

const same = (a: Date | null, b: Date | null) => a?.getTime() === b?.getTime()
