import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { withinSql } from '../../access/policy.ts'
import type { Act } from '../../access/table.ts'
import { ask } from '../../db.ts'
import { unitsOf } from '../../organisation/queries.ts'
import { withBelow } from '../../organisation/tree.ts'
import { accountsSql, boundsAt, exposedSql, overSql, theirsSql, type Account, type Bounds } from '../accounts.ts'
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
type Found = Account & Sums & { number: string; name: string; owner: string | null }
export type AgeingRow = Sums & Pick<Found, 'id' | 'number' | 'name' | 'owner'> & Around
export type Ageing = { rows: AgeingRow[]; more: boolean; count: number; totals: Sums; bounds: Bounds }

export const pageSize = 25

type Options = { take?: number; act?: Act }

/** CRD-17: one page of who owes what for how long, the most overdue first, with the sums of all that match. */
export async function ageingFor(
  actor: Actor,
  query: AgeingQuery,
  now: Date,
  { take = pageSize, act = 'credit.view' }: Options = {},
): Promise<Ageing> {
  const bounds = await boundsAt(now)
  const whose = theirsSql(actor, act)
  const held = await conditionsOf(actor, query, act)
  const found = await ask<Partial<Found> & { count: number; sums: (string | null)[] }>`
    with ${exposedSql(bounds, whose)},
    found as materialized (select e.* from ${query.over ? overSql(bounds, whose) : Prisma.sql`exposed`} e
      join customer c on c.id = e.id where ${held} and ${owingSql(query)}),
    page as (select id, ${Prisma.join(Object.values(columns))}, last_year, exposure from found where ${beyondSql(query.after)}
      order by overdue desc, id desc limit ${take + 1}),
    whole as (select count(*)::int as count, array[${Prisma.join(names.map((name) => Prisma.sql`sum(${columns[name]})::text`))}] as sums
      from found)
    select whole.count, whole.sums, a.*, c.number, c.name, s.name as owner
    from whole left join ${accountsSql(bounds, Prisma.sql`page`, Prisma.sql`customer_id in (select id from page)`)} a on true
    left join customer c on c.id = a.id left join staff s on s.id = c.owner_id
    order by a.overdue desc, a.id desc`
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

/** What puts a customer on the list: what is owed of an age, or at all; over the limit also what was let out alone. */
function owingSql({ bucket, over }: AgeingQuery): Prisma.Sql {
  if (bucket) return Prisma.sql`e.${columns[bucket]} > 0`
  return over ? Prisma.sql`true` : Prisma.sql`e.owed > 0`
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
