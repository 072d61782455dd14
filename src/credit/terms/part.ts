import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import type { PageAct, PartOf } from '../../web/parts.ts'
import { creditPolicy } from '../policy.ts'
import type { CreditCustomer } from '../queries.ts'
import { historyOf } from './pages.ts'
import { waitingFor } from './queries.ts'

/** CRD-02, CRD-14: method and cooperation mode as they are and as they came about, on the page of a customer's credit. */
export const termsPart: PartOf<CreditCustomer> = {
  section: async (actor, customer, now) => ({
    view: 'credit/terms/section',
    place: 'column',
    model: { terms: await historyOf(actor, customer, now) },
  }),
  acts,
}

async function acts(actor: Actor, customer: CreditCustomer): Promise<PageAct[]> {
  if (!creditPolicy.ask(actor, customer)) return []
  const home = `/credit/customers/${customer.number}`
  const [terms, mode] = await Promise.all([
    waitingFor(db, 'credit.terms', customer),
    waitingFor(db, 'credit.mode', customer),
  ])
  return [
    ...(terms ? [] : [{ href: `${home}/terms/new`, word: 'creditTerms:ask.terms', rank: 'menu' } as const]),
    ...(mode ? [] : [{ href: `${home}/mode/new`, word: 'creditTerms:ask.mode', rank: 'menu' } as const]),
  ]
}
