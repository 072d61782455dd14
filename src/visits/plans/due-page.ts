import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import type { Plan } from '../queries.ts'
import { isBeingPlanned } from '../states.ts'
import { suggestionsModel } from './beside.ts'
import { suggestionsFor } from './suggesting.ts'

/** A page of its own for who is due, with what was ticked, where it could not be put in. */
export async function duePage(actor: Actor, plan: Plan, now: Date) {
  return {
    plan: { number: plan.number, href: `/visits/plans/${plan.number}`, month: plan.monthText },
    possible: isBeingPlanned(plan.state),
    suggestions: suggestionsModel(translate[actor.language], plan, await suggestionsFor(actor, plan, now), now),
  }
}
