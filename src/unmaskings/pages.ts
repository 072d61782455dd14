import type { Actor } from '../access/actor.ts'
import { translateIfKnown } from '../i18n.ts'
import { unmaskAddress } from './policy.ts'
import type { Masked, Shown } from './queries.ts'
import { askModel, shownModel, type Head } from './showing.ts'

export const askPage = (actor: Actor, masked: Masked) => askModel(actor, headOf(actor, masked))

export function shownPage(actor: Actor, { value, until, ...masked }: Shown, now: Date) {
  const again = unmaskAddress(masked.customer.number, masked.field, masked.contact?.id)
  return shownModel(headOf(actor, masked), { value, until }, again, now)
}

function headOf({ language }: Actor, { customer, contact, field, masked }: Masked): Head {
  const word = (feature: string) => translateIfKnown(language, `${feature}:field.${field}`)
  return {
    list: 'customers',
    number: customer.number,
    whose: contact ? `${contact.name} · ${customer.name}` : customer.name,
    what: (contact ? word('contacts') : null) ?? word('customers') ?? field,
    masked,
  }
}
