import type { Actor } from '../access/actor.ts'
import { translate, translateIfKnown } from '../i18n.ts'
import { parameters } from '../regulations/parameters.ts'
import type { Masked, Shown } from './queries.ts'
import { unmaskAddress } from './policy.ts'
import { purposes } from './rules.ts'

export function askPage(actor: Actor, masked: Masked) {
  const t = translate[actor.language]
  return {
    ...headOf(actor, masked),
    purposes: purposes.map((value) => ({ value, word: t(`unmaskings:purpose.${value}`) })),
  }
}

/** The value while its seconds run; afterwards, or when the clock was put back, what everybody may see. */
export function shownPage(actor: Actor, { value, until, ...masked }: Shown, now: Date) {
  const left = Math.ceil((until.getTime() - now.getTime()) / 1000)
  const open = left > 0 && left <= parameters['privacy.shown_seconds'].max
  return {
    ...headOf(actor, masked),
    value: open ? value : null,
    left: open ? left : 0,
    again: unmaskAddress(masked.customer.number, masked.field, masked.contact?.id),
  }
}

function headOf({ language }: Actor, { customer, contact, field, masked }: Masked) {
  const word = (feature: string) => translateIfKnown(language, `${feature}:field.${field}`)
  return {
    number: customer.number,
    whose: contact ? `${contact.name} · ${customer.name}` : customer.name,
    what: (contact ? word('contacts') : null) ?? word('customers') ?? field,
    masked,
  }
}
