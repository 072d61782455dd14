import type { Actor } from '../../access/actor.ts'
import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { Refused } from '../../lib/refused.ts'
import { timingOf } from '../changing/rules.ts'
import { writeLine } from '../plans/lines.ts'
import { dayOf, lockPlan, type Plan, type Visit } from '../queries.ts'
import { isBeingPlanned } from '../states.ts'

const refuse = (reason: 'nextPast' | 'nextPlanClosed' | 'nextNoPlan', month: string): Refused =>
  new Refused([{ rule: 'VIS-01', reason: `visitReports:refused.${reason}`, field: 'nextVisitOn', params: { month } }])

/** 约下次: the plan of that month, held, if it can still take a line. */
export async function planOf(tx: Tx, actor: Actor, on: string | null, now: Date): Promise<Plan | null> {
  if (on === null) return null
  const month = on.slice(0, 7)
  if (on <= dateText(now)) throw refuse('nextPast', month)
  const where = { ownerId_month: { ownerId: actor.id, month: dayOf(`${month}-01`) } }
  const found = await tx.visitPlan.findUnique({ where, select: { id: true } })
  if (!found) throw refuse('nextNoPlan', month)
  const plan = await lockPlan(tx, found.id)
  if (!isBeingPlanned(plan.state)) throw refuse('nextPlanClosed', month)
  return plan
}

type People = { contactId: bigint | null; name: string; post: string | null }[]

/** VIS-02: the same again on that day, its hour still open, with the people who were met. */
export async function planNext(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  plan: Plan,
  { visit, on, people, agenda }: { visit: Visit; on: string; people: People; agenda: string },
  now: Date,
): Promise<void> {
  const { customerId, party, target, purposes, minutes, place, district } = visit
  const about = { customerId, party, target, purposes, minutes, place, district }
  const none = { bring: null, companions: [], parties: [], spendings: [] }
  try {
    await writeLine(tx, audit, actor, plan, { ...about, ...none, ...timingOf(on, null), people, agenda }, now)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new Refused(error.refusals.map((one) => ({ ...one, field: 'nextVisitOn' })))
  }
}
