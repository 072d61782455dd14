import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { withinSql } from '../../access/policy.ts'
import { withBelow } from '../../organisation/tree.ts'
import { dayStart } from '../../lib/dates.ts'
import { monthBounds } from '../../lib/months.ts'
import { giftSql, inPlanSql, outsidePlanSql, reachedSql, reportingSql, spentSql, standingSql } from '../counting.ts'
import type { VisitListQuery } from './forms.ts'
import { idOf, type Names } from './names.ts'

/** All that the list asks of a visit but for the words sought, over the columns of `visit`. */
export function conditionsSql(actor: Actor, query: VisitListQuery, names: Names, now: Date): Prisma.Sql[] {
  const { target, purpose, unplanned, standing, reached, owner, gift, reach } = query
  return [
    ...(query.state === '' ? [] : [Prisma.sql`state = any(${query.state}::visit_state[])`]),
    ...daysSql(query),
    ...(owner ? [Prisma.sql`owner_id = ${idOf(actor, owner, names)}`] : []),
    ...placesSql(query, names),
    ...customerSql(query),
    ...(target ? [Prisma.sql`target = ${target}::visit_target`] : []),
    ...(purpose ? [Prisma.sql`${purpose}::visit_purpose = any(purposes)`] : []),
    ...(unplanned ? [unplanned === 'yes' ? outsidePlanSql : inPlanSql] : []),
    ...(standing ? [standingSql(standing, now)] : []),
    ...confirmedSql(query.confirmed, now),
    ...reportSql(actor, query.report, now),
    ...(reached ? [reachedSql(reached)] : []),
    ...costsSql(query.costs),
    ...(gift ? [giftSql] : []),
    ...(reach ? [withinSql(actor, 'assessments.view')] : []),
  ]
}

/** Both days included, by the company's clock. */
function daysSql({ month, from, to }: VisitListQuery): Prisma.Sql[] {
  const bounds = month ? monthBounds(month) : null
  return [
    ...(bounds
      ? [Prisma.sql`starts_at >= ${bounds.from}::timestamptz and starts_at < ${bounds.until}::timestamptz`]
      : []),
    ...(from ? [Prisma.sql`starts_at >= ${dayStart(from)}::timestamptz`] : []),
    ...(to ? [Prisma.sql`starts_at < ${dayStart(to, 1)}::timestamptz`] : []),
  ]
}

function placesSql({ department, unit, region }: VisitListQuery, { departments, regions }: Names): Prisma.Sql[] {
  return [
    ...(department ? [Prisma.sql`department_id = any(${withBelow(departments, department)}::bigint[])`] : []),
    ...(unit === 'none' ? [Prisma.sql`department_id is null`] : []),
    ...(/\d/.test(unit) ? [Prisma.sql`department_id = ${BigInt(unit)}`] : []),
    ...(region ? [Prisma.sql`region_id = any(${withBelow(regions, region)}::bigint[])`] : []),
  ]
}

function customerSql({ customer, grade }: VisitListQuery): Prisma.Sql[] {
  const known = Prisma.sql`(select id from customer where number = ${customer})`
  return [
    ...(customer === 'none' ? [Prisma.sql`customer_id is null`] : []),
    ...(customer && customer !== 'none'
      ? [Prisma.sql`(customer_id = ${known} or id in (select visit_id from visit_party where customer_id = ${known}))`]
      : []),
    ...(grade
      ? [
          Prisma.sql`exists (select from customer k where k.id = visit.customer_id and k.grade = ${grade}::customer_grade)`,
        ]
      : []),
  ]
}

/** VIS-03: what is not agreed with the customer is asked only of what is still to come. */
function confirmedSql(confirmed: VisitListQuery['confirmed'], now: Date): Prisma.Sql[] {
  if (confirmed === '') return []
  if (confirmed === 'yes') return [Prisma.sql`confirmed_at is not null`]
  return [Prisma.sql`confirmed_at is null and state = 'approved' and starts_at >= ${now}::timestamptz`]
}

/** As its indexes say it. */
const unreviewed = Prisma.sql`(unreviewed and state = 'reported')`

function reportSql(actor: Actor, report: VisitListQuery['report'], now: Date): Prisma.Sql[] {
  if (report === '') return []
  if (report === 'review') return [unreviewed]
  if (report !== 'toReview') return [reportingSql(report, now)]
  return [Prisma.sql`${unreviewed} and owner_id <> ${actor.id} and ${withinSql(actor, 'visits.review')}`]
}

function costsSql(costs: VisitListQuery['costs']): Prisma.Sql[] {
  if (costs === '') return []
  if (costs === 'spent') return [Prisma.sql`${spentSql} > 0`]
  return [
    Prisma.sql`id in (select visit_id from visit_spending where state = ${costs}::spending_state and removed_at is null)`,
  ]
}
