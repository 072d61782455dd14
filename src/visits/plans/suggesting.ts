import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { dueCustomers, type DueCustomer } from '../../coverage/queries.ts'
import type { CoverageRule } from '../../coverage/rules.ts'
import { db, type Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { monthBounds } from '../../lib/months.ts'
import { Refused } from '../../lib/refused.ts'
import { timingOf } from '../changing/rules.ts'
import { customerToVisit } from '../making.ts'
import type { Plan } from '../queries.ts'
import { targetOf } from '../unplanned/rules.ts'
import { holdPlan } from './holding.ts'
import { writeLine } from './lines.ts'
import { slotsOf } from './queries.ts'
import { freeDays, spread } from './rules.ts'

/** So many are shown; the next come when these are planned. */
export const shown = 20
/** Looked through, as those that are planned already are left out. */
const looked = 400
const minutes = 60

/** Why somebody is to be visited in the month: grade A monthly, by a manager each quarter, everybody once a year. */
export type Suggestion = Pick<DueCustomer, 'number' | 'name' | 'grade' | 'district'> & {
  /** The contact that counts, 2026-10-14; null where there was none. */
  last: string | null
  by: string
  rule: CoverageRule
}
export type Suggestions = { rows: Suggestion[]; more: boolean }

/** VIS-10, REL-01: who is due by the end of the month; who is in the plan, or was visited in it, is left out. */
export async function suggestionsFor(actor: Actor, plan: Plan, now: Date): Promise<Suggestions> {
  const [due, planned] = await Promise.all([dueCustomers(actor, plan.monthText, looked, now), visitedIn(plan)])
  const open = due.filter(({ id }) => !planned.has(id))
  return { rows: open.slice(0, shown).flatMap(suggestionOf), more: open.length > shown }
}

function suggestionOf({ due: [first], contactedOn, managerContactedOn, ...customer }: DueCustomer): Suggestion[] {
  if (!first) return []
  const { number, name, grade, district } = customer
  const last = first.rule === 'manager' ? managerContactedOn : contactedOn
  return [{ number, name, grade, district, last, by: first.dueOn, rule: first.rule }]
}

async function visitedIn({ id, ownerId, monthText }: Plan): Promise<Set<bigint | null>> {
  const { from, until } = monthBounds(monthText)
  const found = await db.visit.findMany({
    where: {
      state: { not: 'cancelled' },
      customerId: { not: null },
      OR: [{ planId: id }, { ownerId, startsAt: { gte: from, lt: until } }],
    },
    select: { customerId: true },
    take: 1000,
  })
  return new Set(found.map(({ customerId }) => customerId))
}

/** VIS-10: those that were ticked, each on the free working day with the fewest visits, the hour left open. */
export function takeSuggested(actor: Actor, { id }: Plan, numbers: readonly string[], now: Date): Promise<number> {
  return change(actor, async (tx, audit) => {
    const plan = await holdPlan(tx, actor, { id })
    if (numbers.length === 0) throw refusal('visitPlans:refused.nonePicked')
    const slots = await slotsOf(tx, plan)
    const taken = slots.filter(({ cancelled }) => !cancelled)
    const free = freeDays(await calendarAt(now), plan.monthText, now)
    if (free.length === 0) throw refusal('visitPlans:refused.noDayLeft')
    const known = new Set(taken.map(({ customerId }) => customerId))
    const days = spread(
      free,
      taken.map(({ startsAt }) => dateText(startsAt)),
      numbers.length,
    )
    let added = 0
    for (const number of numbers) {
      const customer = await customerToVisit(tx, actor, number)
      if (known.has(customer.id)) continue
      const planned = { ...(await suggested(tx, customer)), ...timingOf(days[added]!, null) }
      await writeLine(tx, audit, actor, plan, planned, now)
      added++
    }
    if (added === 0) throw refusal('visitPlans:refused.nonePicked')
    return added
  })
}

const refusal = (reason: 'visitPlans:refused.nonePicked' | 'visitPlans:refused.noDayLeft'): Refused =>
  new Refused([{ rule: 'VIS-10', reason }])

async function suggested(tx: Tx, { id, name, district, address }: Awaited<ReturnType<typeof customerToVisit>>) {
  const { life } = await tx.customer.findUniqueOrThrow({ where: { id }, select: { life: true } })
  return {
    customerId: id,
    party: name,
    target: targetOf(life),
    purposes: ['relations'] as const,
    minutes,
    place: address,
    district,
    agenda: null,
    bring: null,
    companions: [],
    people: [],
    parties: [],
    spendings: [],
  }
}
