import type { Actor } from '../access/actor.ts'
import { ask, reads } from '../db.ts'
import type { Translate } from '../i18n.ts'
import { acquaintancesOf, conflictOf, ownerOr } from './conflicts.ts'
import { identityOf, type Facts } from './facts.ts'
import { visibleCustomersSql } from './policy.ts'

export type Seen = { number: string; name: string } | null

/** PRV-02: a customer's name for who decides about it, as far as that person may see the customer. */
export async function seenOf(actor: Actor, id: bigint): Promise<Seen> {
  const [seen] = await ask<{ number: string; name: string }>`
    select number, name from customer where id = ${id} and ${visibleCustomersSql(actor)}`
  return seen ?? null
}

export const titleOf = (number: string, seen: Seen): string => (seen ? `${seen.name} ${seen.number}` : number)

type Identified = Pick<Facts, 'kind' | 'name' | 'code'> & {
  number: string
  phone: string | null
  morePhones: string[]
}

/** POOL-01: who may be the same customer, for who decides: whose it is, and the way there where that may be seen. */
export async function conflictFact(actor: Actor, t: Translate, customer: Identified) {
  const phone = [customer.phone, ...customer.morePhones].filter(Boolean).join('、') || null
  const identity = identityOf({ ...customer, phone })
  const conflict = conflictOf(await acquaintancesOf(reads, [identity]), identity, customer.number)
  const label = t('customers:card.conflicts')
  if (!conflict) return { label, value: t('customers:card.noConflict') }
  const { known, by, sure } = conflict
  const value = t(
    sure ? 'customers:card.same' : by === 'phone' ? 'customers:card.alikePhone' : 'customers:card.alike',
    {
      owner: ownerOr(known.owner),
    },
  )
  const [seen] = await ask<{ number: string }>`
    select number from customer where number = ${known.number} and ${visibleCustomersSql(actor)}`
  return { label, value, ...(seen ? { href: `/customers/${seen.number}` } : {}) }
}
