import type { Actor } from '../access/actor.ts'
import { addressesFor } from '../addresses/queries.ts'
import { contactsFor } from '../contacts/queries.ts'
import { linksFor } from '../links/queries.ts'
import { countHistory, historyOf } from './history/queries.ts'
import type { Customer } from './queries.ts'

/** What belongs to a customer and stands on its page and in its file; masked, and only what the actor may see. */
export async function aroundOf(actor: Actor, customer: Customer, lines: number) {
  const [contacts, addresses, links, history, historyCount] = await Promise.all([
    contactsFor(actor, customer),
    addressesFor(actor, customer),
    linksFor(actor, customer),
    historyOf(actor, customer, lines),
    countHistory(customer),
  ])
  return { contacts, addresses, links, history, historyCount }
}
export type Around = Awaited<ReturnType<typeof aroundOf>>
