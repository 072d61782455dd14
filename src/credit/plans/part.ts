import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import type { PageAct, PartOf } from '../../web/parts.ts'
import { creditPolicy } from '../policy.ts'
import type { CreditCustomer } from '../queries.ts'
import { moneySince, plansOf } from './queries.ts'
import { linesShown } from './saying.ts'

/** What this customer promised to pay and when, on the page of its credit. */
export const planPart: PartOf<CreditCustomer> = { section, acts }

async function section(actor: Actor, customer: CreditCustomer, now: Date) {
  const plans = await plansOf(customer.id)
  if (plans.length === 0) return null
  const [t, money] = [translate[actor.language], await moneySince(plans)]
  const shown = plans.map((plan) => ({
    number: plan.number,
    href: `/repayment-plans/${plan.number}`,
    promisedBy: plan.promisedBy ?? '',
    lines: linesShown(t, plan, money.get(plan.id)!, dateText(now)),
  }))
  const model = { plans: shown, all: `/repayment-plans?tab=all&customer=${customer.number}` }
  return { view: 'credit/plans/section', place: 'column' as const, model }
}

function acts(actor: Actor, customer: CreditCustomer): PageAct[] {
  if (!creditPolicy.plan(actor, customer)) return []
  return [{ href: `/repayment-plans/new?customer=${customer.number}`, word: 'repayment:act.file', rank: 'menu' }]
}
