import { Prisma } from '../../../prisma/client/client.ts'
import type {
  CustomerGrade,
  PurposeReached,
  VisitPurpose,
  VisitState,
  VisitTarget,
} from '../../../prisma/client/enums.ts'
import { spentSql } from '../counting.ts'
import type { Mark } from './pages-sql.ts'

export type VisitRow = Mark & {
  number: string
  party: string
  customerNumber: string | null
  grade: CustomerGrade | null
  target: VisitTarget
  purposes: VisitPurpose[]
  timed: boolean
  minutes: number
  place: string | null
  district: string | null
  state: VisitState
  planned: boolean
  plan: string | null
  unplannedReason: string | null
  cancelledReason: string | null
  confirmedAt: Date | null
  arrivedAt: Date | null
  reportDueAt: Date | null
  reportedAt: Date | null
  reportLate: boolean
  reviewed: boolean
  reached: PurposeReached | null
  rescheduled: number
  replaced: boolean
  owner: string
  department: string | null
  spent: string
  gifts: number
}

/** What a row of the list tells, of `visit`. */
export const columnsSql = Prisma.sql`visit.id, visit.number, visit.party, k.number as "customerNumber",
  k.grade::text as grade, visit.target::text as target, visit.purposes::text[] as purposes, visit.starts_at as "startsAt",
  visit.timed, visit.minutes, visit.place, visit.district, visit.state::text as state,
  visit.plan_id is not null as planned, (select p.number from visit_plan p where p.id = visit.plan_id) as plan,
  visit.unplanned_reason as "unplannedReason", visit.cancelled_reason as "cancelledReason",
  visit.confirmed_at as "confirmedAt", visit.arrived_at as "arrivedAt", visit.report_due_at as "reportDueAt",
  visit.reported_at as "reportedAt", visit.report_late as "reportLate", r.reviewed_at is not null as reviewed,
  r.reached::text as reached, visit.rescheduled,
  exists (select from visit other where other.replaces_id = visit.id) as replaced,
  (select name from staff where staff.id = visit.owner_id) as owner,
  (select name from department where department.id = visit.department_id) as department,
  ${spentSql}::text as spent,
  (select count(*)::int from offered_gift g where g.visit_id = visit.id) as gifts`

export const joinsSql = Prisma.sql`left join customer k on k.id = visit.customer_id
  left join visit_report r on r.visit_id = visit.id`
