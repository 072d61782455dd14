import type { Actor } from '../../access/actor.ts'
import { ask } from '../../db.ts'
import { boundsAt, exposedSql, overSql, theirsSql, type Account } from '../accounts.ts'
import { overDaysOf } from '../ageing/around.ts'

/** A customer over its limit. Money in fen. */
export type Over = {
  number: string
  name: string
  owner: string | null
  limit: number
  exposure: number
  overdue: number
  /** How many days the oldest overdue is owed; 0 while none is. */
  overdueDays: number
  /** For how many days it has been over. */
  days: number
}
/** `owing`: how many owe anything, or are to. */
export type OverLimit = { rows: Over[]; count: number; overdue: number; overdueCount: number; owing: number }

type Row = Account & Pick<Over, 'number' | 'name' | 'owner' | 'overdueDays'> & { overdue: bigint }
type Total = { count: number; overdueSum: bigint; overdueCount: number; owing: number }

/**
 * CRD-03, wish 59: of the customers that this person sees those whose exposure is over their limit, the furthest first;
 * each by the same figure as figure.ts, all of them in one go.
 */
export async function overLimit(actor: Actor, most: number, now: Date): Promise<OverLimit> {
  const bounds = await boundsAt(now)
  const whose = theirsSql(actor, 'credit.view')
  const rows = await ask<(Row | { id: null }) & Total>`
    with ${exposedSql(bounds, whose)},
      judged as materialized ${overSql(bounds, whose)},
      listed as (select * from judged o order by o.exposure - o.limit desc, o.id limit ${most}),
      total as (select (select count(*) from judged)::int as count,
        (select coalesce(sum(overdue), 0)::bigint from exposed) as "overdueSum",
        (select count(*) from exposed where overdue > 0)::int as "overdueCount",
        (select count(*) from exposed)::int as owing)
    select total.*, l.*, l.overdue_days as "overdueDays", c.number, c.name, s.name as owner
    from total left join listed l on true left join customer c on c.id = l.id left join staff s on s.id = c.owner_id
    order by l.exposure - l.limit desc, l.id`
  const { count, overdueSum, overdueCount, owing } = rows[0]!
  const found = rows.filter((row): row is Row & Total => row.id !== null)
  const days = await overDaysOf(found, bounds)
  return {
    rows: found.map((row) => asOver(row, days.get(row.id)!)),
    count,
    overdue: Number(overdueSum),
    overdueCount,
    owing,
  }
}

const asOver = ({ number, name, owner, overdueDays, ...sums }: Row, days: number): Over => ({
  number,
  name,
  owner,
  limit: Number(sums.limit),
  exposure: Number(sums.exposure),
  overdue: Number(sums.overdue),
  overdueDays,
  days,
})
