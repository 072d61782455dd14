import type { Actor } from '../access/actor.ts'
import { addressesFor } from '../addresses/queries.ts'
import { contactsFor } from '../contacts/queries.ts'
import { linksFor } from '../links/queries.ts'
import { historyOf } from './history/queries.ts'
import type { Customer } from './queries.ts'

/** What belongs to a customer and stands on its page and in its file; masked, and only what the actor may see. */
export async function aroundOf(actor: Actor, customer: Customer, lines: number) {
  const [contacts, addresses, links, history] = await Promise.all([
    contactsFor(actor, customer),
    addressesFor(actor, customer),
    linksFor(actor, customer),
    historyOf(actor, customer, lines),
  ])
  return { contacts, addresses, links, history: history.lines, historyCount: history.count }
}
export type Around = Awaited<ReturnType<typeof aroundOf>>
