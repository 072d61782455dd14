import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import { ask, db, type Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { dayOf } from '../../lib/days.ts'
import { NotFound } from '../../lib/refused.ts'
import { creditPolicy } from '../policy.ts'
import { creditCustomer, releaseFor, type CreditCustomer, type Release } from '../queries.ts'
import type { AboutQuery } from './forms.ts'
import type { Money } from './rules.ts'

const related = {
  customer: {
    select: { id: true, number: true, name: true, grade: true, ownerId: true, departmentId: true, regionId: true },
  },
  release: { select: { number: true } },
  lines: { orderBy: { n: 'asc' as const } },
} satisfies Prisma.RepaymentPlanInclude
type Found = Prisma.RepaymentPlanGetPayload<{ include: typeof related }>
/** It lies where its customer lies. */
export type Plan = Found & Pick<Found['customer'], 'ownerId' | 'departmentId' | 'regionId'>

const placed = (found: Found): Plan => {
  const { ownerId, departmentId, regionId } = found.customer
  return { ...found, ownerId, departmentId, regionId }
}

export async function planFor(actor: Actor, number: string): Promise<Plan> {
  const found = await db.repaymentPlan.findUnique({ where: { number: number.toUpperCase() }, include: related })
  if (!found || !may(actor, 'credit.view', found.customer)) throw new NotFound()
  return placed(found)
}

export async function lockPlan(tx: Tx, id: bigint): Promise<Plan> {
  await tx.$queryRaw`select from repayment_plan where id = ${id} for update`
  return placed(await tx.repaymentPlan.findUniqueOrThrow({ where: { id }, include: related }))
}

export type About = { customer: CreditCustomer; release: Release | null }

/** Whose plan is to be filed, and for which release; null while nobody is named, or nobody that this person may file for. */
export async function aboutFor(actor: Actor, { customer, release }: AboutQuery): Promise<About | null> {
  const found = release === '' ? null : await releaseFor(actor, release)
  const number = found?.customer.number ?? customer
  if (number === '') return null
  const about = await creditCustomer(actor, number)
  if (!creditPolicy.plan(actor, about)) throw new NotFound()
  return { customer: about, release: found }
}

/** The same of a number that is being typed. */
export const aboutTyped = (actor: Actor, query: AboutQuery): Promise<About | null> =>
  aboutFor(actor, query).catch((error: unknown) => {
    if (error instanceof NotFound && query.release === '') return null
    throw error
  })

/** The plan that still stands: not withdrawn, with a day to come. */
export async function runningOf(client: Pick<Tx, 'repaymentPlan'>, customerId: bigint, now: Date) {
  const running = { some: { dueOn: { gte: dayOf(dateText(now)) } } }
  return client.repaymentPlan.findFirst({
    where: { customerId, withdrawnAt: null, lines: running },
    orderBy: { id: 'desc' },
    select: { number: true },
  })
}

/** Money counts for a plan from its filing until it is withdrawn or another takes its place; `p` is the plan. */
export const moneyOf = Prisma.sql`m.customer_id = p.customer_id and m.net > 0 and m.recorded_at >= p.filed_at
  and m.received_on >= (p.filed_at at time zone 'Asia/Shanghai')::date
  and m.recorded_at < coalesce(p.withdrawn_at, 'infinity')
  and m.recorded_at < coalesce((select min(filed_at) from repayment_plan x where x.customer_id = p.customer_id and x.id > p.id), 'infinity')`

type Received = { plan: bigint; on: string; fen: bigint }

/** CRD-17: what was received since each of these plans was filed, by day. */
export async function moneySince(plans: readonly { id: bigint }[]): Promise<Map<bigint, Money[]>> {
  const ids = plans.map(({ id }) => id)
  const rows = await ask<Received>`
    select p.id as plan, m.received_on::text as on, (sum(m.net) * 100)::bigint as fen
    from repayment_plan p join receipt m on ${moneyOf}
    where p.id = any(${ids}::bigint[]) group by p.id, m.received_on`
  const found = new Map<bigint, Money[]>(ids.map((id) => [id, []]))
  for (const { plan, on, fen } of rows) found.get(plan)!.push({ on, amount: Number(fen) })
  return found
}

const few = 3

/** The latest of a customer's that were not withdrawn. */
export async function plansOf(customerId: bigint): Promise<Plan[]> {
  const found = await db.repaymentPlan.findMany({
    where: { customerId, withdrawnAt: null },
    orderBy: { id: 'desc' },
    take: few,
    include: related,
  })
  return found.map(placed)
}
