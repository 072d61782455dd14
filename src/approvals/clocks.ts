import { Prisma } from '../../prisma/client/client.ts'
import type { DeadlineUnit } from '../../prisma/client/enums.ts'
import { kindNames, kindOf } from './kinds.ts'

/** What shows a deadline (deadlines/tag.ts), of a step or of the object where the object's own clock runs on. */
export type Clock = {
  id: bigint
  unit: DeadlineUnit
  startedAt: Date
  dueAt: Date
  soonAt: Date
  pausedAt: Date | null
  metAt: Date | null
  cancelledAt: Date | null
}

/** The kinds whose steps have a clock of their own. */
export const clockedKinds = kindNames.filter((kind) => kindOf(kind).clocked)

/** clockOf() of `approval_step s` of `approval_request r`, the latest; as JSON, for asClock(). */
export const clockSql = Prisma.sql`(
  select json_build_object('id', d.id::text, 'unit', d.unit, 'startedAt', d.started_at, 'dueAt', d.due_at,
    'soonAt', d.soon_at, 'pausedAt', d.paused_at, 'metAt', d.met_at, 'cancelledAt', d.cancelled_at)
  from deadline d where d.subject = case when s.kind = any(${clockedKinds}::text[]) then 'approval_step:' || s.id
      else r.subject end
    and d.kind = case when s.kind = any(${clockedKinds}::text[]) then 'approval.step' else s.kind end
  order by d.id desc limit 1)`

/** What JSON carried as text. */
export function asClock(clock: Clock | null): Clock | null {
  if (!clock) return null
  const date = (value: Date | null) => (value === null ? null : new Date(value))
  return {
    id: BigInt(clock.id),
    unit: clock.unit,
    startedAt: new Date(clock.startedAt),
    dueAt: new Date(clock.dueAt),
    soonAt: new Date(clock.soonAt),
    pausedAt: date(clock.pausedAt),
    metAt: date(clock.metAt),
    cancelledAt: date(clock.cancelledAt),
  }
}
