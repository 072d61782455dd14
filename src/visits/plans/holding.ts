import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db.ts'
import { Forbidden, NotFound, Refused, type Refusal } from '../../lib/refused.ts'
import { lockPlan, lockVisit, type Plan, type Visit } from '../queries.ts'
import { isBeingPlanned } from '../states.ts'
import { planPolicy } from './policy.ts'

export const planClosed = { rule: 'VIS-05', reason: 'visitPlans:refused.closed' } satisfies Refusal

/** VIS-01: the plan for a change by whose it is, while lines can still be changed. */
export async function holdPlan(tx: Tx, actor: Actor, { id }: Pick<Plan, 'id'>): Promise<Plan> {
  const plan = await holdOwn(tx, actor, { id })
  if (!isBeingPlanned(plan.state)) throw new Refused([planClosed])
  return plan
}

/** The same whatever has become of it. */
export async function holdOwn(tx: Tx, actor: Actor, { id }: Pick<Plan, 'id'>): Promise<Plan> {
  const plan = await lockPlan(tx, id)
  if (!planPolicy.own(actor, plan)) throw new Forbidden(planPolicy.own.act)
  return plan
}

/** A line of it, held after it. */
export async function holdLine(tx: Tx, plan: Plan, number: string): Promise<Visit> {
  const found = await tx.visit.findUnique({ where: { number: number.toUpperCase() }, select: { id: true } })
  const line = found && (await lockVisit(tx, found.id))
  if (!line || line.planId !== plan.id) throw new NotFound()
  return line
}

/** Whoever has it open sees that something was added, changed or taken out. */
export async function touch(tx: Tx, { id }: Pick<Plan, 'id'>): Promise<void> {
  await tx.visitPlan.update({ where: { id }, data: { version: { increment: 1 } } })
}
