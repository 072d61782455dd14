import { Prisma } from '../../../prisma/client/client.ts'
import { ask } from '../../db.ts'
import { fenOf } from '../../lib/money.ts'
import { accountsSql, type Account, type Bounds } from '../accounts.ts'
import { nextPromises, type Promised } from '../plans/promised.ts'
import { daysOver, farthest, type Event } from './rules.ts'

/** In fen; days over the limit, 0 where it is not over. */
export type Around = { limit: number; exposure: number; over: number; overDays: number; promised: Promised | null }

/** What stands beside the ages of each of these customers: the figure, since when it is over, and what was promised. */
export async function aroundThem(rows: readonly { id: bigint }[], bounds: Bounds): Promise<Map<bigint, Around>> {
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const [accounts, promised] = await Promise.all([accountsOf(ids, bounds), nextPromises(ids, bounds.today)])
  const over = accounts.filter(({ exposure, limit }) => fenOf(exposure) > fenOf(limit))
  const events = await eventsOf(
    over.map(({ id }) => id),
    bounds,
  )
  return new Map(
    accounts.map((account) => {
      const standing = {
        ...account,
        limit: fenOf(account.limit),
        exposure: fenOf(account.exposure),
        fixed: fenOf(account.fixed),
      }
      const overDays = daysOver(standing, events.get(account.id) ?? [], bounds.today, bounds.window)
      const { limit, exposure } = standing
      return [
        account.id,
        { limit, exposure, over: Math.max(0, exposure - limit), overDays, promised: promised.get(account.id) ?? null },
      ]
    }),
  )
}

/** CRD-01 … CRD-03 for some customers, by their indexes. */
export function accountsOf(ids: readonly bigint[], bounds: Bounds): Promise<Account[]> {
  const newYear = `${bounds.today.slice(0, 4)}-01-01`
  const base = Prisma.sql`(select k.id, coalesce(sum(s.open), 0) as owed, coalesce(sum(s.open) filter (where s.shipped_on < ${newYear}::date), 0) as last_year
    from unnest(${[...ids]}::bigint[]) as k(id) left join shipment s on s.customer_id = k.id and s.open > 0 group by k.id)`
  const only = Prisma.sql`customer_id = any(${[...ids]}::bigint[])`
  return ask<Account>`select id, eligible, method, fixed::text, "limit"::text, exposure::text
    from (${accountsSql(bounds, base, only)}) as accounts`
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
