import type { Actor } from '../../access/actor.ts'
import { may, mayEver, type Permit } from '../../access/policy.ts'
import { planPolicy as common, visitPolicy } from '../policy.ts'
import type { Plan } from '../queries.ts'

/** One's own plan leaves with oneself, wherever it lies. */
const mayExport = (actor: Actor, plan: Plan): boolean =>
  may(actor, 'visits.export', plan) || (plan.ownerId === actor.id && mayEver(actor, 'visits.export'))

export const planPolicy = {
  ...common,
  list: visitPolicy.list,
  begin: visitPolicy.plan,
  export: Object.assign(mayExport, { act: 'visits.export' }) as Permit<Plan>,
}
