import type { Actor } from '../access/actor.ts'
import type { Customer } from '../customers/queries.ts'
import { translate } from '../i18n.ts'
import { waysOf } from '../verifications/ways.ts'
import { addressUses } from './forms.ts'
import type { AddressOf } from './queries.ts'
import { addressTexts } from './rules.ts'

export function newAddressPage(actor: Actor, customer: Customer) {
  return { customer, address: { use: '' }, version: null, removal: null, uses: usesOf(actor) }
}

export function addressPage(actor: Actor, { customer, address }: AddressOf) {
  return {
    customer,
    address: addressTexts(address),
    version: address.version,
    removal: `/customers/${customer.number}/addresses/${address.id}/removal`,
    ways: waysOf(translate[actor.language]),
    uses: usesOf(actor),
  }
}

export function removalPage({ customer, address }: AddressOf) {
  return { customer, address }
}

function usesOf({ language }: Actor) {
  return addressUses.map((value) => ({ value, word: translate[language](`addresses:use.${value}`) }))
}
