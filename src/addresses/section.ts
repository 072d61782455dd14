import type { Actor } from '../access/actor.ts'
import { may, type Placed } from '../access/policy.ts'
import { placeOf } from '../customers/placing.ts'
import { translate } from '../i18n.ts'
import type { Address } from './queries.ts'

type Host = Placed & { number: string }

/** The part of a customer's page about its further addresses (views/addresses/section.ejs). */
export function addressesSection(actor: Actor, customer: Host, addresses: Address[]) {
  const t = translate[actor.language]
  const home = `/customers/${customer.number}`
  const mayCorrect = may(actor, 'customers.correct', customer)
  return {
    home,
    add: mayCorrect ? `${home}/addresses/new` : null,
    rows: addresses.map((address) => ({
      use: t(`addresses:use.${address.use}`),
      href: mayCorrect ? `${home}/addresses/${address.id}` : null,
      place: placeOf(address),
      address: address.address,
      note: address.note ?? '',
    })),
  }
}
