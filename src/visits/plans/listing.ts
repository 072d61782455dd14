import { Prisma } from '../../../prisma/client/client.ts'
import type { Role, VisitPlanState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { within, withinSql } from '../../access/policy.ts'
import { ask, db } from '../../db.ts'
import { dayText } from '../../lib/days.ts'
import { planningRole } from '../posts.ts'
import type { ListQuery } from './forms.ts'

export const pageSize = 50
const ownKept = 36

/** Whether somebody sees plans of others at all. */
export function seesOthers(actor: Actor): boolean {
  const reach = within(actor, 'visits.view')
  return !('OR' in reach) || reach.OR.some((one) => !('ownerId' in one))
}

export type OwnPlan = {
  number: string
  month: string
  state: VisitPlanState
  asked: number
  planned: number
  submittedAt: Date | null
  late: boolean
}

/** One's own, the newest first: three years of them. */
export async function ownPlans({ id }: Actor): Promise<OwnPlan[]> {
  const select = { id: true, number: true, month: true, state: true, asked: true, submittedAt: true, late: true }
  const found = await db.visitPlan.findMany({
    where: { ownerId: id },
    orderBy: { month: 'desc' },
    take: ownKept,
    select,
  })
  const counted = await db.visit.groupBy({
    by: ['planId'],
    where: { planId: { in: found.map((plan) => plan.id) }, state: { not: 'cancelled' } },
    _count: { _all: true },
  })
  const counts = new Map(counted.map(({ planId, _count }) => [planId, _count._all]))
  return found.map(({ id: planId, month, ...plan }) => ({
    ...plan,
    month: dayText(month).slice(0, 7),
    planned: counts.get(planId) ?? 0,
  }))
}

export type PersonRow = {
  number: string
  name: string
  department: string | null
  plan: string | null
  state: VisitPlanState | null
  asked: number
  submittedAt: Date | null
  late: boolean
  planned: number
  roles: Role[]
}
export type Figures = Record<'people' | 'filed' | 'waiting' | 'missing' | 'late' | 'planned', number>
export type Listed = { rows: PersonRow[]; more: boolean; figures: Figures }

/**
 * VIS-01: who has planned a month and who has not, as far as the reader's place goes: whoever must file a plan stands
 * here without one, too.
 */
export async function plansIn(actor: Actor, month: string, query: ListQuery, overdue: boolean): Promise<Listed> {
  const people = peopleSql(actor, `${month}-01`)
  const [rows, [figures]] = await Promise.all([
    ask<PersonRow>`
      with people as (${people})
      select q.number, q.name, d.name as department, q.plan, q.state::text, q.asked, q.submitted_at as "submittedAt", q.late,
        (select count(*)::int from visit v where v.plan_id = q.plan_id and v.state <> 'cancelled') as planned,
        array(select distinct g.role::text from role_grant g where g.staff_id = q.id) as roles
      from people q left join department d on d.id = q.department_id
      where ${wanted(query, overdue)} ${beyond(query)}
      order by q.pinyin, q.id limit ${pageSize + 1}`,
    ask<Figures>`
      with people as (${people})
      select count(*)::int as people, count(submitted_at)::int as filed,
        count(*) filter (where state = 'waiting')::int as waiting,
        count(*) filter (where submitted_at is null)::int as missing,
        count(*) filter (where late or (submitted_at is null and ${overdue}))::int as late,
        coalesce(sum((select count(*) from visit v where v.plan_id = people.plan_id and v.state <> 'cancelled')), 0)::int as planned
      from people`,
  ])
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize, figures: figures! }
}

const columns = {
  owner: Prisma.sql`s.id`,
  department: Prisma.sql`coalesce(p.department_id, s.department_id)`,
  region: Prisma.sql`null::bigint`,
}

const peopleSql = (actor: Actor, first: string): Prisma.Sql => Prisma.sql`
  select s.id, s.number, s.name, s.pinyin, coalesce(p.department_id, s.department_id) as department_id, p.id as plan_id,
    p.number as plan, p.state, coalesce(p.asked, 0) as asked, p.submitted_at, coalesce(p.late, false) as late
  from staff s left join visit_plan p on p.owner_id = s.id and p.month = ${first}::date
  where (p.id is not null or (s.state = 'active'
      and exists (select from role_grant g where g.staff_id = s.id and g.role = ${planningRole}::role)))
    and ${withinSql(actor, 'visits.view', columns)}`

function wanted({ state }: ListQuery, overdue: boolean): Prisma.Sql {
  if (state === '') return Prisma.sql`true`
  if (state === 'missing') return Prisma.sql`q.submitted_at is null`
  if (state === 'late') return Prisma.sql`(q.late or (q.submitted_at is null and ${overdue}))`
  return Prisma.sql`q.state = ${state}::visit_plan_state`
}

const beyond = ({ after }: ListQuery): Prisma.Sql =>
  after ? Prisma.sql`and (q.pinyin, q.id) > (select pinyin, id from staff where number = ${after})` : Prisma.empty
