import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { daysOfMonth } from '../../lib/months.ts'
import type { Plan } from '../queries.ts'
import { isBeingPlanned } from '../states.ts'
import type { LineQuery } from './forms.ts'
import { lineFields } from './line-fields.ts'
import { planPolicy } from './policy.ts'
import type { PlanLine, PlanWithLine } from './queries.ts'
import { whenWords } from './saying.ts'
type Typed = Record<string, string> | undefined

/** A page of its own for one line, new or as it is. */
export async function linePage(
  actor: Actor,
  plan: Plan,
  line: PlanLine | null,
  query: Partial<LineQuery>,
  now: Date,
  typed?: Typed,
) {
  return {
    plan: { number: plan.number, href: `/visits/plans/${plan.number}`, month: plan.monthText },
    possible: planPolicy.own(actor, plan) && isBeingPlanned(plan.state),
    party: line?.party ?? null,
    form: await lineFields(actor, plan, line, query, now, typed),
  }
}

export function copyPage(actor: Actor, { line, ...plan }: PlanWithLine, now: Date) {
  const t = translate[actor.language]
  const days = daysOfMonth(plan.monthText)
  return {
    plan: { number: plan.number, href: `/visits/plans/${plan.number}`, month: plan.monthText },
    party: line.party,
    when: whenWords(t, line),
    time: line.timed ? dateTimeText(line.startsAt).slice(11) : '',
    first: days.find((day) => day >= dateText(now)) ?? days[0]!,
    last: days.at(-1)!,
  }
}
