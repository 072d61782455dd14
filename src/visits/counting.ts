import { Prisma } from '../../prisma/client/client.ts'

/**
 * VIS-09: what a visit counts as, over the columns of `visit`: the list's conditions and the assessment's figures are the
 * same words, so that each figure opens the list that it counts.
 */

/** Agreed on; what was taken out of a plan before its approval gives no reason, and counts as nothing. */
export const agreedSql = Prisma.sql`(state not in ('draft', 'waiting', 'refused')
  and not (state = 'cancelled' and cancelled_reason is null))`

/** Not by the index on the plan, which most visits are in: whose and when they are finds them quicker. */
export const inPlanSql = Prisma.sql`plan_id + 0 is not null`
export const outsidePlanSql = Prisma.sql`plan_id + 0 is null`

const plannedSql = Prisma.sql`(${inPlanSql} and ${agreedSql})`
const madeSql = Prisma.sql`state in ('done', 'reported')`
const replacedSql = Prisma.sql`(${agreedSql} and exists (select from visit other where other.replaces_id = visit.id))`
const overSql = (now: Date) => Prisma.sql`starts_at + minutes * interval '1 minute' < ${now}::timestamptz`

export const standings = [
  'planned',
  'made',
  'madePlanned',
  'madeUnplanned',
  'notMade',
  'cancelledUnplanned',
  'ahead',
  'replaced',
  'rescheduled',
] as const
export type Standing = (typeof standings)[number]

export function standingSql(standing: Standing, now: Date): Prisma.Sql {
  switch (standing) {
    case 'planned':
      return plannedSql
    case 'made':
      return madeSql
    case 'madePlanned':
      return Prisma.sql`(${madeSql} and ${inPlanSql})`
    case 'madeUnplanned':
      return Prisma.sql`(${madeSql} and ${outsidePlanSql})`
    case 'notMade':
      return Prisma.sql`(${plannedSql} and (state = 'cancelled' or state = 'approved' and ${overSql(now)}) and not ${replacedSql})`
    case 'cancelledUnplanned':
      return Prisma.sql`(${outsidePlanSql} and state = 'cancelled' and ${agreedSql} and not ${replacedSql})`
    case 'ahead':
      return Prisma.sql`(${inPlanSql} and state = 'approved' and not (${overSql(now)}))`
    case 'replaced':
      return replacedSql
    case 'rescheduled':
      return Prisma.sql`(${agreedSql} and rescheduled > 0)`
  }
}

export const reportings = ['inTime', 'late', 'missing', 'open'] as const
export type Reporting = (typeof reportings)[number]

/** VIS-06: what became of the report. `missing` is overdue, `open` neither written nor overdue yet. */
export function reportingSql(reporting: Reporting, now: Date): Prisma.Sql {
  const unwritten = Prisma.sql`reported_at is null and state in ('approved', 'done')`
  if (reporting === 'inTime') return Prisma.sql`(reported_at is not null and not report_late)`
  if (reporting === 'late') return Prisma.sql`(reported_at is not null and report_late)`
  if (reporting === 'missing') return Prisma.sql`(${unwritten} and report_due_at < ${now}::timestamptz)`
  return Prisma.sql`(${unwritten} and (report_due_at is null or report_due_at >= ${now}::timestamptz))`
}

export const reachedSql = (reached: string) =>
  Prisma.sql`(state in ('done', 'reported') and id in (select visit_id from visit_report where reached = ${reached}::purpose_reached))`

export const giftSql = Prisma.sql`exists (select from offered_gift where offered_gift.visit_id = visit.id)`

/** What was spent on it, in yuan. */
export const spentSql = Prisma.sql`coalesce((select sum(actual) from visit_spending
  where visit_spending.visit_id = visit.id and removed_at is null), 0)`
