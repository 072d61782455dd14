import { Prisma } from '../../../prisma/client/client.ts'
import { ask } from '../../db.ts'
import type { Account, Bounds } from '../accounts.ts'
import { nextPromises, type Promised } from '../plans/promised.ts'
import { daysOver, farthest, type Event } from './rules.ts'

/** In fen; days over the limit, 0 where it is not over. */
export type Around = { limit: number; exposure: number; over: number; overDays: number; promised: Promised | null }

/** What stands beside the ages of these customers: the figure, since when it is over, and what was promised. */
export async function aroundThem(accounts: readonly Account[], bounds: Bounds): Promise<Map<bigint, Around>> {
  const ids = accounts.map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const [days, promised] = await Promise.all([overDaysOf(accounts, bounds), nextPromises(ids, bounds.today)])
  return new Map(
    accounts.map(({ id, limit, exposure }) => [
      id,
      {
        limit: Number(limit),
        exposure: Number(exposure),
        over: Math.max(0, Number(exposure - limit)),
        overDays: days.get(id) ?? 0,
        promised: promised.get(id) ?? null,
      },
    ]),
  )
}

/** CRD-17: of those over their limit, for how many days. */
export async function overDaysOf(accounts: readonly Account[], bounds: Bounds): Promise<Map<bigint, number>> {
  const over = accounts.filter(({ exposure, limit }) => exposure > limit)
  const events = await eventsOf(
    over.map(({ id }) => id),
    bounds,
  )
  return new Map(
    over.map(({ id, eligible, method, ...sums }) => {
      const standing = {
        eligible,
        method,
        fixed: Number(sums.fixed),
        limit: Number(sums.limit),
        exposure: Number(sums.exposure),
      }
      return [id, daysOver(standing, events.get(id)!, bounds.today, bounds.window)]
    }),
  )
}

type EventRow = { id: bigint; day: string; shipped: bigint; grown: bigint }

/** What moved these accounts, day by day, as far back as anybody looks. */
async function eventsOf(ids: readonly bigint[], { today, window }: Bounds): Promise<Map<bigint, Event[]>> {
  if (ids.length === 0) return new Map()
  const only = Prisma.sql`customer_id = any(${[...ids]}::bigint[])`
  const since = Prisma.sql`${today}::date - ${farthest + window + 1}::int`
  const rows = await ask<EventRow>`
    select customer_id as id, day::text, (sum(shipped) * 100)::bigint as shipped, (sum(grown) * 100)::bigint as grown from (
      select customer_id, shipped_on as day, net as shipped, net as grown from shipment
        where ${only} and shipped_on >= ${since} and net > 0
      union all select m.customer_id, m.received_on, 0, -m.net from (select * from receipt where ${only}
          and received_on >= ${since} and net > 0) m
        left join release f on f.id = m.release_id and f.state = 'held' where f.id is null
      union all select customer_id, (released_at at time zone 'Asia/Shanghai')::date, 0, amount from release
        where ${only} and state in ('released', 'shipped')
      union all select customer_id, (shipped_at at time zone 'Asia/Shanghai')::date, 0, -amount from release
        where ${only} and state = 'shipped') as moved
    group by customer_id, day`
  const found = new Map<bigint, Event[]>(ids.map((id) => [id, []]))
  for (const { id, day, shipped, grown } of rows)
    found.get(id)!.push({ day, shipped: Number(shipped), grown: Number(grown) })
  return found
}
