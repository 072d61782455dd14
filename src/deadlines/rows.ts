import { Prisma } from '../../prisma/client/client.ts'
import type { DeadlineUnit } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { holds } from '../access/actor.ts'
import { within, withinSql } from '../access/policy.ts'
import { visibleComplaintsSql } from '../complaints/policy.ts'
import { unseenSql } from '../complaints/unseen.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { visibleTasksSql } from '../tasks/policy.ts'
import { tasksSql } from '../tasks/queries.ts'
import { visibleVisitsSql } from '../visits/policy.ts'
import type { DeadlineKind } from './kinds.ts'
import type { Moments } from './rules.ts'

/** How far the ladder was climbed, and whom that reached. */
export type Climb = {
  rung?: number
  to: string
  state: 'sent' | 'failed'
  reason?: string
  instead?: string
  staff: string[]
}

export type DeadlineRow = Moments & {
  id: bigint
  kind: DeadlineKind
  subject: string
  rule: string
  version: number | null
  amount: number
  unit: DeadlineUnit
  startedAt: Date
  breachedAt: Date | null
  owner: string | null
  /** Of the customer, empty where the reader may not know which one it is. */
  number: string | null
  name: string | null
  /** The number of the task it is about, where the reader sees that. */
  task: string | null
  /** The complaint it is about, where the reader sees that. */
  complaint: { number: string; title: string } | null
  /** VIS-01: the plan of whose month it is the clock, where the reader sees that; none while it is not begun. */
  plan: string | null
  /** VIS-06: the visit whose report it waits for, where the reader sees that. */
  visit: string | null
  /** CRD-08: the release whose final override is due, where the reader sees that. */
  release: string | null
  climb: Climb | null
  /** APR-05: of the step of an approval, its request and whose signature it may have. */
  step: StepOf | null
}

export type StepOf = { number: string; kind: string; role: string | null; senior: string | null; staff: string | null }

/** The step that `deadline d` is the clock of. */
export const stepIdSql = Prisma.sql`case when d.kind = 'approval.step' and d.subject ~ '^approval_step:[0-9]+$'
  then substr(d.subject, 15)::bigint end`

/** VIS-01: whose plan, and of which month, `deadline d` is the clock of: visit_plan_of:12:2026-12. */
const planPart = (
  part: 2 | 3,
  as: Prisma.Sql,
) => Prisma.sql`case when d.subject ~ '^visit_plan_of:[0-9]{1,18}:[0-9]{4}-[0-9]{2}$'
  then split_part(d.subject, ':', ${part}::int)::${as} end`

const planColumns = {
  owner: Prisma.sql`owner_id`,
  department: Prisma.sql`department_id`,
  region: Prisma.sql`null::bigint`,
}

const releaseColumns = {
  owner: Prisma.sql`r.owner_id`,
  department: Prisma.sql`r.department_id`,
  region: Prisma.sql`r.region_id`,
}

/** The complaint that `deadline d` is about. */
const complaintIdSql = Prisma.sql`case when d.subject ~ '^complaint:[0-9]{1,18}$' then substr(d.subject, 11)::bigint end`

/** The complaint of `deadline d`, if the reader sees it (CMP-03). `limit`: looked up one by one, as far as a page needs. */
export const seenComplaint = (actor: Actor): Prisma.Sql => Prisma.sql`lateral (select id, number, title from complaint
  where id = ${complaintIdSql} and ${visibleComplaintsSql(actor)} limit 1) k`

export const seesEveryComplaint = (actor: Actor): boolean => !('OR' in within(actor, 'complaints.view'))

/**
 * The clocks of these complaints, as `d`, by their own index before anything else is asked of them (`offset 0`). By the
 * subject as it is written: of an expression over it no statistic tells how few they are.
 */
export const clocksOfComplaints = (ids: readonly bigint[]): Prisma.Sql => Prisma.sql`(
  select d.* from deadline d where d.kind like 'complaint.%'
    and d.subject = any(${ids.map((id) => `complaint:${id}`)}::text[]) offset 0) d
  where true`

/** What is told of `deadline d`, with the customer as `c` where the reader sees it. */
export const rowColumns = (actor: Actor) => Prisma.sql`d.id, d.kind, d.subject, d.rule, d.amount, d.unit::text,
  (select n from regulation_version v where v.id = d.regulation_version_id) as version,
  d.started_at as "startedAt", d.due_at as "dueAt", d.soon_at as "soonAt", d.paused_at as "pausedAt",
  d.met_at as "metAt", d.cancelled_at as "cancelledAt", d.breached_at as "breachedAt",
  (select name from staff where id = coalesce(d.owner_id, c.owner_id, c.created_by_id)) as owner,
  c.number, c.name,
  (select number from ${tasksSql} as v
    where id = case when d.subject ~ '^task:[0-9]+$' then substr(d.subject, 6)::bigint end
      and ${visibleTasksSql(actor)}) as task,
  (select json_build_object('number', k.number, 'title', k.title) from ${seenComplaint(actor)}) as complaint,
  (select number from visit_plan where owner_id = ${planPart(2, Prisma.sql`bigint`)}
    and month = (${planPart(3, Prisma.sql`text`)} || '-01')::date
    and (owner_id = ${actor.id} or ${withinSql(actor, 'visits.view', planColumns)})) as plan,
  (select number from visit where id = case when d.subject ~ '^visit:[0-9]{1,18}$' then substr(d.subject, 7)::bigint end
    and ${visibleVisitsSql(actor)}) as visit,
  (select r.number from credit_override o join release r on r.id = o.release_id
    where o.id = case when d.subject ~ '^credit_override:[0-9]{1,18}$' then substr(d.subject, 17)::bigint end
      and ${withinSql(actor, 'credit.view', releaseColumns)}) as release,
  (select detail from deadline_event e where e.deadline_id = d.id and e.kind = 'escalated' order by e.id desc limit 1) as climb,
  (select json_build_object('number', r.number, 'kind', r.kind, 'role', s.role, 'senior', s.senior_role, 'staff', named.name)
    from approval_step s join approval_request r on r.id = s.request_id left join staff named on named.id = s.staff_id
    where s.id = ${stepIdSql}) as step`

/** The customer of `deadline d`, if the reader sees it. */
export function seenCustomer(actor: Actor): Prisma.Sql {
  return Prisma.sql`lateral (select id, number, name, owner_id, created_by_id from customer
    where id = d.customer_id and ${visibleCustomersSql(actor)}) c`
}

/**
 * Deadlines that are a person's and not a customer's: one's own; auditors see everybody's. A complaint's show with it.
 * `unseen`: of what this person is not to know, where that was asked for already.
 */
export function personalSql(actor: Actor, unseen?: string[]): Prisma.Sql {
  const own = Prisma.sql`d.owner_id = ${actor.id}`
  const personal = holds(actor, 'auditor') ? Prisma.sql`(${own} or d.customer_id is null)` : own
  return Prisma.sql`(${personal} and d.subject not like 'complaint:%' and ${fairSql(actor, unseen)})`
}

function fairSql(actor: Actor, unseen: string[] | undefined): Prisma.Sql {
  if (unseen?.length === 0) return Prisma.sql`true`
  if (unseen) return Prisma.sql`d.subject <> all(${unseen}::text[])`
  return Prisma.sql`d.subject not in (select subject from (${unseenSql(actor)}) unseen)`
}
