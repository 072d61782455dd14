import type { Actor } from '../access/actor.ts'
import type { Tx } from '../db.ts'
import { notify, type NewNotice } from '../notices/commands.ts'
import type { Customer } from './queries.ts'

type Confirmed = Pick<Customer, 'id' | 'number' | 'createdById' | 'ownerId'>

/** CUS-05: whoever recorded a customer and whoever owns it learn that it is confirmed; of many, how many they are. */
export function tellConfirmed(tx: Tx, actor: Actor, confirmed: Confirmed[], now: Date): Promise<void> {
  const people = new Map<bigint, Confirmed[]>()
  for (const customer of confirmed)
    for (const to of new Set([customer.createdById, customer.ownerId]))
      if (to !== null && to !== actor.id) people.set(to, [...(people.get(to) ?? []), customer])
  const notices = [...people].map(([to, own]): NewNotice => ({ to, ...told(actor, own) }))
  return notify(tx, notices, now)
}

function told(actor: Actor, own: Confirmed[]): Omit<NewNotice, 'to'> {
  const [{ id, number }] = own as [Confirmed]
  const kind = { kind: 'customer.confirmed' as const, rule: 'CUS-05', subject: `customer:${id}` }
  if (own.length === 1) return { ...kind, href: `/customers/${number}`, params: { by: actor.name, number } }
  return { ...kind, href: '/customers?standing=confirmed', params: { by: actor.name, n: own.length } }
}
