import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { dueCustomers, type DueCustomer } from '../../coverage/queries.ts'
import type { CoverageRule } from '../../coverage/rules.ts'
import { db, type Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { monthBounds } from '../../lib/months.ts'
import { Refused, type Params } from '../../lib/refused.ts'
import { timingOf } from '../changing/rules.ts'
import { customerToVisit } from '../making.ts'
import type { Plan, Visit } from '../queries.ts'
import { targetOf } from '../unplanned/rules.ts'
import { customerCalled } from './called.ts'
import type { Suggested } from './forms.ts'
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

export const numbersDue = async (actor: Actor, plan: Plan, now: Date): Promise<string[]> =>
  (await suggestionsFor(actor, plan, now)).rows.map(({ number }) => number)

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

/** VIS-10: those that were ticked, on that day or each on a working day that is free (`spread`), the hour left open. */
export function takeSuggested(
  actor: Actor,
  { id }: Plan,
  { customers, day }: Pick<Suggested, 'customers' | 'day'>,
  now: Date,
): Promise<number> {
  return change(actor, async (tx, audit) => {
    const plan = await holdPlan(tx, actor, { id })
    const taken = await takenIn(tx, plan)
    const known = new Set(taken.map(({ customerId }) => customerId))
    const picked = []
    for (const number of customers) picked.push(await customerToVisit(tx, actor, number))
    const open = picked.filter((customer) => !known.has(customer.id))
    if (open.length === 0) throw refusal('visitPlans:refused.nonePicked')
    const districts = open.map(({ district }) => district)
    const days = day === null ? await daysFor(plan, taken, districts, now) : districts.map(() => day)
    for (const [at, customer] of open.entries())
      await writeLine(tx, audit, actor, plan, { ...(await suggested(tx, customer)), ...timingOf(days[at]!, null) }, now)
    return open.length
  })
}

/** VIS-10: one who is due, into a plan that is held; without a day only who is not in it yet. */
export async function putIn(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  plan: Plan,
  { number, day }: { number: string; day: string | null },
  now: Date,
): Promise<Visit> {
  const customer = await customerCalled(tx, actor, number)
  const taken = await takenIn(tx, plan)
  const twin = taken.find(({ customerId }) => customerId === customer.id)
  if (twin && day === null)
    throw refusal('visitPlans:refused.planned', { party: twin.party, day: dateText(twin.startsAt) }, 'day')
  const [free] = day === null ? await daysFor(plan, taken, [customer.district], now) : [day]
  return writeLine(tx, audit, actor, plan, { ...(await suggested(tx, customer)), ...timingOf(free!, null) }, now)
}

const takenIn = async (tx: Tx, plan: Plan) => (await slotsOf(tx, plan)).filter(({ cancelled }) => !cancelled)
type Taken = Awaited<ReturnType<typeof takenIn>>

async function daysFor({ monthText }: Plan, taken: Taken, districts: (string | null)[], now: Date): Promise<string[]> {
  const free = freeDays(await calendarAt(now), monthText, now)
  if (free.length === 0) throw refusal('visitPlans:refused.noDayLeft')
  const stops = taken.map(({ startsAt, district }) => ({ day: dateText(startsAt), district }))
  return spread(free, stops, districts)
}

const refusal = (
  reason: `visitPlans:refused.${'nonePicked' | 'noDayLeft' | 'planned'}`,
  params: Params = {},
  field?: string,
): Refused => new Refused([{ rule: 'VIS-10', reason, params, ...(field ? { field } : {}) }])

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
