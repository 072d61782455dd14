import type { Tx } from '../db.ts'
import { phonesIn, type FactColumns } from './facts.ts'
import { phoneDigits, searchable, type SearchText } from './search.ts'

type Named = Pick<FactColumns, 'kind' | 'name' | 'aliases' | 'plates' | 'address' | 'phone' | 'morePhones'>
/** What else a customer is found by. */
export type Belongings = {
  contacts: { name: string; phones: string[] }[]
  addresses: { address: string }[]
}

/** CUS-14: what search and sorting look at: names, aliases, contacts, plates, addresses; telephones by themselves. */
export function searchColumns(customer: Named, { contacts, addresses }: Belongings = { contacts: [], addresses: [] }) {
  const as = customer.kind === 'person' ? 'person' : 'company'
  const places = [customer.address, ...addresses.map(({ address }) => address)].filter((one) => one !== null)
  const texts: SearchText[] = [
    { text: customer.name, as },
    ...customer.aliases.map((text) => ({ text, as }) as const),
    ...contacts.map(({ name }) => ({ text: name, as: 'person' }) as const),
    ...[...customer.plates, ...places].map((text) => ({ text, as: 'plain' }) as const),
  ]
  const { grams, text, pinyin, initials } = searchable(texts)
  const phones = [customer.phone, ...customer.morePhones, ...contacts.flatMap((contact) => contact.phones)]
  const digits = phonesIn(phones.filter(Boolean).join('、') || null)
  return {
    pinyin,
    initials,
    grams,
    searchText: text,
    phoneDigits: digits.length > 0 ? phoneDigits(uniqueBy(digits)) : null,
  }
}

/** Writes them anew after something that belongs to the customer changed; the customer's row is locked already. */
export async function reindex(tx: Tx, customerId: bigint): Promise<void> {
  const customer = await tx.customer.findUniqueOrThrow({
    where: { id: customerId },
    select: {
      kind: true,
      name: true,
      aliases: true,
      plates: true,
      address: true,
      phone: true,
      morePhones: true,
      contacts: { where: { removedAt: null }, select: { name: true, phones: true } },
      addresses: { where: { removedAt: null }, select: { address: true } },
    },
  })
  await tx.customer.update({ where: { id: customerId }, data: searchColumns(customer, customer) })
}

function uniqueBy(phones: { digits: string }[]) {
  return [...new Map(phones.map((phone) => [phone.digits, phone])).values()]
}
