import type { Actor } from '../../access/actor.ts'
import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { Refused } from '../../lib/refused.ts'
import { timingOf } from '../changing/rules.ts'
import { beginPlanStep } from '../plans/beginning.ts'
import { writeLine } from '../plans/lines.ts'
import { lockPlan, type Plan, type Visit } from '../queries.ts'
import { isBeingPlanned } from '../states.ts'

const refuse = (reason: 'nextPast' | 'nextPlanClosed', month: string): Refused =>
  new Refused([{ rule: 'VIS-01', reason: `visitReports:refused.${reason}`, field: 'nextVisitOn', params: { month } }])

/** 约下次: the plan of that month, begun here if there is none yet, held, if it can still take a line. */
export async function planOf(tx: Tx, audit: Audit, actor: Actor, on: string | null, now: Date): Promise<Plan | null> {
  if (on === null) return null
  const month = on.slice(0, 7)
  if (on <= dateText(now)) throw refuse('nextPast', month)
  const { id } = await atNextVisit(() => beginPlanStep(tx, audit, actor, month, now))
  const plan = await lockPlan(tx, id)
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
  const line = { ...about, ...none, ...timingOf(on, null), people, agenda }
  await atNextVisit(() => writeLine(tx, audit, actor, plan, line, now))
}

/** Whatever is refused of it is refused of the field it was written in. */
async function atNextVisit<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new Refused(error.refusals.map((one) => ({ ...one, field: 'nextVisitOn' })))
  }
}
