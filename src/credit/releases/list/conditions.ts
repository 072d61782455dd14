import { Prisma } from '../../../../prisma/client/client.ts'
import type { Actor } from '../../../access/actor.ts'
import { dateText, dayStart } from '../../../lib/dates.ts'
import { withBelow } from '../../../organisation/tree.ts'
import type { ReleaseListQuery } from './forms.ts'
import { idOf, type Names } from './names.ts'
import { heldSinceSql } from './rows.ts'

/** All that the list asks of a release but for the words sought, over the columns of `release`. */
export function conditionsSql(actor: Actor, query: ReleaseListQuery, names: Names, now: Date): Prisma.Sql[] {
  const { state, hold, owner, customer } = query
  return [
    ...(state ? [Prisma.sql`state = ${state}::release_state`] : []),
    ...whoseSql(actor, query.whose),
    ...(hold ? [Prisma.sql`state = 'held' and ${hold} = any(holds)`] : []),
    ...(query.waits ? [heldForSql(Number(query.waits), now)] : []),
    ...daysSql(query),
    ...(owner ? [Prisma.sql`owner_id = ${idOf(actor, owner, names)}`] : []),
    ...placesSql(query, names),
    ...(customer ? [Prisma.sql`customer_id = (select id from customer where number = ${customer})`] : []),
  ]
}

function whoseSql({ id, departmentId }: Actor, whose: ReleaseListQuery['whose']): Prisma.Sql[] {
  if (whose === 'mine') return [Prisma.sql`(owner_id = ${id} or requested_by_id = ${id})`]
  return whose === 'department' ? [Prisma.sql`department_id = ${departmentId}`] : []
}

/** Held without a break since that day or before, by the company's clock. */
export function heldForSql(days: number, now: Date): Prisma.Sql {
  const before = dayStart(dateText(now), 1 - days)
  return Prisma.sql`state = 'held' and requested_at < ${before}::timestamptz
    and ${heldSinceSql} < ${before}::timestamptz`
}

/** Both days included, by the company's clock. */
const daysSql = ({ from, to }: ReleaseListQuery): Prisma.Sql[] => [
  ...(from ? [Prisma.sql`requested_at >= ${dayStart(from)}::timestamptz`] : []),
  ...(to ? [Prisma.sql`requested_at < ${dayStart(to, 1)}::timestamptz`] : []),
]

const placesSql = ({ department, region }: ReleaseListQuery, { departments, regions }: Names): Prisma.Sql[] => [
  ...(department ? [Prisma.sql`department_id = any(${withBelow(departments, department)}::bigint[])`] : []),
  ...(region ? [Prisma.sql`region_id = any(${withBelow(regions, region)}::bigint[])`] : []),
]
