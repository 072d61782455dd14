import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { calendarAt } from '../../calendar/queries.ts'
import type { Calendar } from '../../calendar/reckoning.ts'
import { visibleCustomers } from '../../customers/policy.ts'
import type { Tx } from '../../db.ts'
import { dayText } from '../../lib/days.ts'
import { Refused } from '../../lib/refused.ts'
import { timingOf } from '../changing/rules.ts'
import type { Plan } from '../queries.ts'
import { clockText } from '../templates/commands.ts'
import { runningOf, type Running } from '../templates/queries.ts'
import { missing, occurrencesIn, type Occurrence } from '../templates/rules.ts'
import { holdPlan } from './holding.ts'
import { writeLine } from './lines.ts'
import { isPast } from './rules.ts'

export type TakenUp = { added: number; moved: number }

/** The recurring visits of the month that the plan does not hold yet; pressed again it adds nothing. */
export function takeUpTemplates(actor: Actor, { id }: Plan, now: Date): Promise<TakenUp> {
  return change(actor, async (tx, audit) => {
    const plan = await holdPlan(tx, actor, { id })
    const todo = await waitingIn(tx, actor, plan, await calendarAt(now), now)
    if (todo.length === 0) throw new Refused([{ rule: 'VIS-01', reason: 'visitPlans:refused.nothingRecurs' }])
    for (const { template, occurrence } of todo) {
      const timing = timingOf(occurrence.on, clockText(template.timeOfDay))
      await writeLine(tx, audit, actor, plan, { ...plannedOf(template), ...timing, templateId: template.id }, now)
    }
    return { added: todo.length, moved: todo.filter(({ occurrence }) => occurrence.moved).length }
  })
}

export type Waiting = { template: Running; occurrence: Occurrence }

/** What of the recurring visits is still to be taken up, of customers that the person still sees. */
export async function waitingIn(
  tx: Pick<Tx, 'visitTemplate' | 'visit' | 'customer'>,
  actor: Actor,
  plan: Plan,
  calendar: Calendar,
  now: Date,
): Promise<Waiting[]> {
  const templates = await runningOf(tx, plan.ownerId)
  if (templates.length === 0) return []
  const seen = await seenBy(tx, actor, templates)
  const lines = await tx.visit.findMany({
    where: { planId: plan.id },
    select: { templateId: true, customerId: true, onDay: true, state: true },
  })
  const taken = lines.map(({ templateId, onDay }) => ({ templateId, day: dayText(onDay) }))
  const visited = new Set(
    lines.flatMap(({ state, customerId, onDay }) => (state === 'cancelled' ? [] : `${customerId} ${dayText(onDay)}`)),
  )
  return templates
    .filter(({ customerId }) => seen.has(customerId))
    .flatMap((template) =>
      missing(template.id, occurrencesIn(recurring(template), plan.monthText, calendar), taken)
        .filter(({ on }) => !visited.has(`${template.customerId} ${on}`))
        .filter(({ on }) => !isPast(timingOf(on, clockText(template.timeOfDay)), now))
        .map((occurrence) => ({ template, occurrence })),
    )
}

async function seenBy(tx: Pick<Tx, 'customer'>, actor: Actor, templates: readonly Running[]): Promise<Set<bigint>> {
  const ids = templates.map(({ customerId }) => customerId)
  const where = { AND: [visibleCustomers(actor), { id: { in: ids }, life: { not: 'void' as const } }] }
  const found = await tx.customer.findMany({ where, select: { id: true } })
  return new Set(found.map(({ id }) => id))
}

const recurring = ({ rhythm, weekday, week, fromOn }: Running) => ({ rhythm, weekday, week, fromOn: dayText(fromOn) })

const plannedOf = ({ customerId, customer, target, purposes, minutes, agenda, bring }: Running) => ({
  customerId,
  party: customer.name,
  target,
  purposes,
  minutes,
  agenda,
  bring,
  place: customer.address,
  district: customer.district,
  companions: [],
  people: [],
  parties: [],
  spendings: [],
})
