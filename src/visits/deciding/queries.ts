import type { CustomerGrade, VisitPurpose, VisitState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { visibleCustomersSql } from '../../customers/policy.ts'
import { ask, db, type Db, type Tx } from '../../db.ts'
import { daysOfMonth } from '../../lib/months.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import type { Plan } from '../queries.ts'
import { costsOfMany, type Cost } from '../spendings/queries.ts'

/** A line of a plan, with its costs. */
export type PlanLine = {
  id: bigint
  number: string
  party: string
  customerId: bigint | null
  grade: CustomerGrade | null
  purposes: VisitPurpose[]
  startsAt: Date
  timed: boolean
  arrivedAt: Date | null
  state: VisitState
  verdict: string | null
  costs: Cost[]
  /** Of these, what is over the limit and not decided yet. */
  asked: Cost[]
}

const columns = {
  id: true,
  number: true,
  party: true,
  customerId: true,
  customer: { select: { grade: true } },
  purposes: true,
  startsAt: true,
  timed: true,
  arrivedAt: true,
  state: true,
  verdict: true,
} as const

/** VIS-01: the lines of a plan by their time; those that were cancelled are left out. */
export async function linesOf(planId: bigint, from: Pick<Db, 'visit' | 'visitSpending'> = db): Promise<PlanLine[]> {
  const where = { planId, state: { not: 'cancelled' as const } }
  const found = await from.visit.findMany({ where, orderBy: [{ startsAt: 'asc' }, { id: 'asc' }], select: columns })
  const ids = found.map(({ id }) => id)
  const costs = await costsOfMany(ids, from)
  return found.map(({ customer, ...line }) => {
    const own = costs.get(line.id) ?? []
    return { ...line, grade: customer?.grade ?? null, costs: own, asked: own.filter(({ state }) => state === 'asked') }
  })
}

export const countOf = (planId: bigint): Promise<number> =>
  db.visit.count({ where: { planId, state: { not: 'cancelled' } } })

/** Those that wait for the decision, held until the transaction ends. */
export async function lockLines(tx: Tx, planId: bigint): Promise<PlanLine[]> {
  await tx.$queryRaw`select from visit where plan_id = ${planId} order by id for update`
  return (await linesOf(planId, tx)).filter(({ state }) => state === 'waiting')
}

const named = 12

export type Missing = { n: number; rows: { name: string; last: string | null }[] }

/** VIS-10: grade-A customers of who files the plan that are due by the end of its month and do not stand in it. */
export async function missingFrom(actor: Actor, plan: Plan, now: Date): Promise<Missing> {
  const months = (await regulationAt(now)).value('visits.cover_grade_a')
  const last = daysOfMonth(plan.monthText).at(-1)!
  const rows = await ask<{ name: string; last: string | null; n: number }>`
    select name, contacted_on::text as last, count(*) over ()::int as n from customer
    where owner_id = ${plan.ownerId} and grade = 'A' and life not in ('lost', 'void') and withdrawn_at is null
      and (contacted_on is null or contacted_on + make_interval(months => ${months}::int) <= ${last}::date)
      and ${visibleCustomersSql(actor)}
      and id not in (select v.customer_id from visit v where v.plan_id = ${plan.id} and v.state <> 'cancelled'
        and v.customer_id is not null)
      and id not in (select p.customer_id from visit_party p join visit v on v.id = p.visit_id
        where v.plan_id = ${plan.id} and v.state <> 'cancelled')
    order by contacted_on nulls first, id limit ${named}`
  return { n: rows[0]?.n ?? 0, rows }
}

/** Whose plan it is, and where that person works. */
export async function ownerOf({ ownerId }: Plan): Promise<{ name: string; department: string | null }> {
  const select = { name: true, department: { select: { name: true } } } as const
  const { name, department } = await db.staff.findUniqueOrThrow({ where: { id: ownerId }, select })
  return { name, department: department?.name ?? null }
}
