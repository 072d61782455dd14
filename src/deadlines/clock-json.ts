import { Prisma } from '../../prisma/client/client.ts'
import type { DeadlineKind } from './kinds.ts'
import type { Tagged } from './tag.ts'

/** The last clock of a kind of `customer as c`, as one value beside the customer's columns. */
export function clockSql(kind: DeadlineKind): Prisma.Sql {
  return Prisma.sql`(select json_build_object('unit', d.unit, 'startedAt', d.started_at, 'dueAt', d.due_at, 'soonAt',
      d.soon_at, 'pausedAt', d.paused_at, 'metAt', d.met_at, 'cancelledAt', d.cancelled_at)
    from deadline d where d.customer_id = c.id and d.kind = ${kind} and d.cancelled_at is null order by d.id desc limit 1)`
}

/** JSON has no moments: they come as text. */
export function readClock(clock: Tagged): Tagged {
  const moment = (value: Date | null) => (value === null ? null : new Date(value))
  return {
    unit: clock.unit,
    startedAt: new Date(clock.startedAt),
    dueAt: new Date(clock.dueAt),
    soonAt: new Date(clock.soonAt),
    pausedAt: moment(clock.pausedAt),
    metAt: moment(clock.metAt),
    cancelledAt: moment(clock.cancelledAt),
  }
}
