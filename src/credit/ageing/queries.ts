import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { withinSql } from '../../access/policy.ts'
import type { Act } from '../../access/table.ts'
import { withBelow } from '../../complaints/list/names.ts'
import { ask } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { unitsOf } from '../../organisation/queries.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { accountsSql, pastSql, type Bounds } from '../accounts.ts'
import { calledSql } from '../seeking.ts'
import { aroundThem, type Around } from './around.ts'
import type { AgeingQuery } from './forms.ts'

/** In fen. */
export type Sums = {
  current: bigint
  d30: bigint
  d60: bigint
  d90: bigint
  more: bigint
  overdue: bigint
  owed: bigint
}
export type Found = Sums & { id: bigint; number: string; name: string; owner: string | null }
export type AgeingRow = Found & Around
export type Ageing = { rows: AgeingRow[]; more: boolean; count: number; totals: Sums; bounds: Bounds }

export const pageSize = 25

export async function boundsAt(now: Date): Promise<Bounds> {
  const regulation = await regulationAt(now)
  return {
    today: dateText(now),
    window: regulation.value('credit.window_days'),
    overdue: regulation.value('credit.overdue_days'),
  }
}

type Options = { take?: number; act?: Act }

/** CRD-17: one page of who owes what for how long, the most overdue first, with the sums of all that match. */
export async function ageingFor(
  actor: Actor,
  query: AgeingQuery,
  now: Date,
  { take = pageSize, act = 'credit.view' }: Options = {},
): Promise<Ageing> {
  const bounds = await boundsAt(now)
  const held = await conditionsOf(actor, query, act)
  const found = await ask<Partial<Found> & { count: number; sums: (string | null)[] }>`
    with ${foundSql(bounds, query, held)},
    page as (select * from found where ${beyondSql(query.after)} order by overdue desc, id desc limit ${take + 1}),
    whole as (select count(*)::int as count, array[${Prisma.join(names.map((name) => Prisma.sql`sum(${columns[name]})::text`))}] as sums
      from found)
    select whole.count, whole.sums, page.id, c.number, c.name, s.name as owner, page.current, page.d30, page.d60, page.d90,
      page.more, page.overdue, page.owed
    from whole left join page on true left join customer c on c.id = page.id left join staff s on s.id = c.owner_id
    order by page.overdue desc, page.id desc`
  const { count, sums } = found[0]!
  const rows = found.filter((row): row is typeof row & Found => row.id !== null).slice(0, take)
  const totals = Object.fromEntries(names.map((name, at) => [name, BigInt(sums[at] ?? 0)])) as Sums
  const around = await aroundThem(rows, bounds)
  const full = rows.map((row) => ({ ...row, ...around.get(row.id)! }))
  return { rows: full, more: found.length > take, count, totals, bounds }
}

const names = ['current', 'd30', 'd60', 'd90', 'more', 'overdue', 'owed'] as const
const columns: Record<(typeof names)[number], Prisma.Sql> = {
  current: Prisma.sql`current`,
  d30: Prisma.sql`d30`,
  d60: Prisma.sql`d60`,
  d90: Prisma.sql`d90`,
  more: Prisma.sql`more`,
  overdue: Prisma.sql`overdue`,
  owed: Prisma.sql`owed`,
}

const fenSum = (where: Prisma.Sql) => Prisma.sql`(coalesce(sum(open) filter (where ${where}), 0) * 100)::bigint`

/** CTEs up to `found`: whoever owes something and meets the conditions, or is over the limit. */
function foundSql(bounds: Bounds, { bucket, over }: AgeingQuery, held: Prisma.Sql): Prisma.Sql {
  const newYear = `${bounds.today.slice(0, 4)}-01-01`
  const goods = Prisma.sql`select customer_id, open, ${pastSql(bounds)} as past, shipped_on from shipment where open > 0`
  const released = Prisma.sql`select customer_id, 0, 0, shipped_at::date from release where state = 'released'`
  const aged = Prisma.sql`
    aged as materialized (
      select customer_id as id, ${fenSum(Prisma.sql`past <= 0`)} as current,
        ${fenSum(Prisma.sql`past between 1 and 30`)} as d30, ${fenSum(Prisma.sql`past between 31 and 60`)} as d60,
        ${fenSum(Prisma.sql`past between 61 and 90`)} as d90, ${fenSum(Prisma.sql`past > 90`)} as more,
        ${fenSum(Prisma.sql`past > 0`)} as overdue, ${fenSum(Prisma.sql`true`)} as owed,
        ${fenSum(Prisma.sql`shipped_on < ${newYear}::date`)} as last_year
      from (${over ? Prisma.sql`${goods} union all ${released}` : goods}) as documents group by customer_id)`
  const base = Prisma.sql`(select id, owed / 100.0 as owed, last_year from aged)`
  const overSql = Prisma.sql`and aged.id in (select id from (${accountsSql(bounds, base, Prisma.sql`true`)}) o where o.exposure > o.limit)`
  return Prisma.sql`${aged}, found as materialized (
    select aged.* from aged join customer c on c.id = aged.id
    where ${held} ${bucket ? Prisma.sql`and ${columns[bucket]} > 0` : Prisma.empty} ${over ? overSql : Prisma.empty})`
}

function beyondSql(after: string): Prisma.Sql {
  if (after === '') return Prisma.sql`true`
  const [overdue = '0', id = '0'] = after.split('-')
  return Prisma.sql`(overdue, id) < (${BigInt(overdue)}::bigint, ${BigInt(id)}::bigint)`
}

/** Over the columns of `customer c`. */
async function conditionsOf(actor: Actor, query: AgeingQuery, act: Act): Promise<Prisma.Sql> {
  const { owner, department, region, q } = query
  const [departments, regions] = await Promise.all([
    department ? unitsOf('department') : [],
    region ? unitsOf('region') : [],
  ])
  const whose = {
    owner: Prisma.sql`c.owner_id`,
    department: Prisma.sql`c.department_id`,
    region: Prisma.sql`c.region_id`,
  }
  const called = q === '' ? null : calledSql(q)
  return Prisma.join(
    [
      Prisma.sql`c.withdrawn_at is null`,
      withinSql(actor, act, whose),
      ...(owner === '' ? [] : [ownerSql(actor, owner)]),
      ...(department ? [Prisma.sql`c.department_id = any(${withBelow(departments, department)}::bigint[])`] : []),
      ...(region ? [Prisma.sql`c.region_id = any(${withBelow(regions, region)}::bigint[])`] : []),
      ...(called ? [Prisma.sql`c.id in (select id from customer where ${called})`] : []),
    ],
    ' and ',
  )
}

function ownerSql(actor: Actor, owner: string): Prisma.Sql {
  if (owner === 'none') return Prisma.sql`c.owner_id is null`
  if (owner === 'mine') return Prisma.sql`c.owner_id = ${actor.id}`
  return Prisma.sql`c.owner_id = (select id from staff where number = ${owner})`
}

/** Those whose customers this person sees, for choosing one. */
export const ownersListed = (actor: Actor): Promise<{ number: string; name: string }[]> => ask`
  select number, name from staff
  where exists (select 1 from customer where owner_id = staff.id and withdrawn_at is null and ${withinSql(actor, 'credit.view')})
  order by pinyin, id limit 500`
