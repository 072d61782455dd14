import type { Actor } from '../access/actor.ts'
import { translate } from '../i18n.ts'
import type { Customer } from '../customers/queries.ts'
import { waysOf } from '../verifications/ways.ts'
import { contactTexts } from './facts.ts'
import type { Contact, ContactOf } from './queries.ts'

/** A new contact; the first one of a customer is the main one, unless told otherwise. */
export function newContactPage(actor: Actor, customer: Customer, contacts: Contact[]) {
  const main = contacts.some((contact) => contact.main) ? '' : 'on'
  return { customer, contact: { birthCalendar: 'solar', main }, version: null, removal: null, ...choicesOf(actor) }
}

/** A contact to be corrected; what is masked stays masked in the form. */
export function contactPage(actor: Actor, { customer, contact }: ContactOf) {
  const texts = contactTexts(contact)
  return {
    customer,
    contact: { ...texts, birthCalendar: texts.birthCalendar || 'solar' },
    version: contact.version,
    removal: `/customers/${customer.number}/contacts/${contact.id}/removal`,
    ways: waysOf(translate[actor.language]),
    ...choicesOf(actor),
  }
}

export function removalPage({ customer, contact }: ContactOf) {
  return { customer, contact }
}

function choicesOf({ language }: Actor) {
  const t = translate[language]
  return {
    calendars: (['solar', 'lunar'] as const).map((value) => ({ value, word: t(`contacts:birthCalendar.${value}`) })),
  }
}
