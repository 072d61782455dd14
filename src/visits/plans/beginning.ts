import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import { takeSerials } from '../../customers/numbers.ts'
import { db, type Tx } from '../../db.ts'
import { yearOf } from '../../lib/dates.ts'
import { dayOf } from '../../lib/days.ts'
import { businessNumber } from '../../lib/numbers.ts'
import { Forbidden, Refused, type Refusal } from '../../lib/refused.ts'
import { planSubject, type Visit } from '../queries.ts'
import type { Begin } from './forms.ts'
import { holdPlan } from './holding.ts'
import { planPolicy } from './policy.ts'
import { isOver, monthsToPlan } from './rules.ts'
import { putIn } from './suggesting.ts'

export type Begun = { number: string; begun: boolean }

const own = (actor: Actor, month: string) => ({ ownerId_month: { ownerId: actor.id, month: dayOf(`${month}-01`) } })

/** VIS-01: begins a month's plan; where there is one already, that is the plan. */
export async function beginPlan(actor: Actor, month: string, now: Date): Promise<Begun> {
  const known = await db.visitPlan.findUnique({ where: own(actor, month), select: { number: true } })
  if (known) return { number: known.number, begun: false }
  return change(actor, async (tx, audit) => {
    const { number, begun } = await beginPlanStep(tx, audit, actor, month, now)
    if (!begun) throw refusal('visitPlans:refused.begunAlready', month)
    return { number, begun }
  })
}

/**
 * VIS-01: the actor's plan of the month within a change, begun here if there is none yet: with the rights and the rules
 * of beginning one, and its line in the trail.
 */
export async function beginPlanStep(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  month: string,
  now: Date,
): Promise<Begun & { id: bigint }> {
  if (!planPolicy.begin(actor, undefined)) throw new Forbidden(planPolicy.begin.act)
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`visit plan ${actor.id} ${month}`}, 0))::text`
  const known = await tx.visitPlan.findUnique({ where: own(actor, month), select: { id: true, number: true } })
  if (known) return { ...known, begun: false }
  if (isOver(month, now)) throw refusal('visitPlans:refused.monthOver', month)
  if (month > monthsToPlan(now).at(-1)!) throw refusal('visitPlans:refused.monthFar', month)
  const number = businessNumber('JH', yearOf(now), await takeSerials(tx, 'visit_plan', yearOf(now), 1))
  const owner = { ownerId: actor.id, departmentId: actor.departmentId }
  const made = await tx.visitPlan.create({ data: { ...owner, number, month: dayOf(`${month}-01`), createdAt: now } })
  await audit('visit_plan.begun', planSubject(made), { after: { number, month } })
  return { id: made.id, number, begun: true }
}

/** VIS-01, VIS-10: who is due, into the plan of the month, which is begun with it where there is none: both or neither. */
export function beginWith(
  actor: Actor,
  { month, customer, day }: Begin & { customer: string },
  now: Date,
): Promise<Begun & { line: Visit }> {
  return change(actor, async (tx, audit) => {
    const { id, ...begun } = await beginPlanStep(tx, audit, actor, month, now)
    const plan = await holdPlan(tx, actor, { id })
    return { ...begun, line: await putIn(tx, audit, actor, plan, { number: customer, day }, now) }
  })
}

const refusal = (reason: Refusal['reason'], month: string): Refused =>
  new Refused([{ rule: 'VIS-01', reason, field: 'month', params: { month } }])
