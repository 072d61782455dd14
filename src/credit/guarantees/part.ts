import type { Actor } from '../../access/actor.ts'
import { reads } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import type { PageAct, PartOf } from '../../web/parts.ts'
import { creditPolicy } from '../policy.ts'
import type { CreditCustomer } from '../queries.ts'
import { pathOf, rowOf } from './pages.ts'
import { boundsOf, guaranteesFor } from './queries.ts'
import { offerProblems } from './rules.ts'

/** Who answers for this customer, on the page of its credit. */
export const guaranteePart: PartOf<CreditCustomer> = { section, acts }

const shown = 3

async function section(actor: Actor, customer: CreditCustomer, now: Date) {
  const all = await guaranteesFor(customer.id)
  if (all.length === 0) return null
  const grace = (await regulationAt(now)).value('credit.guarantee_grace')
  const rows = all.slice(0, shown).map((one) => rowOf(translate[actor.language], one, dateText(now), grace))
  const model = { guarantees: rows, all: pathOf(customer), n: all.length }
  return { view: 'credit/guarantees/section', place: 'column' as const, model }
}

async function acts(actor: Actor, customer: CreditCustomer, now: Date): Promise<PageAct[]> {
  if (!creditPolicy.guarantee(actor, customer)) return []
  if (offerProblems(await boundsOf(reads, customer.id, now)).length > 0) return []
  return [{ href: `${pathOf(customer)}/new`, word: 'guarantees:offer' }]
}
