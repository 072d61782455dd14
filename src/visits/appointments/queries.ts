import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { visibleCustomers } from '../../customers/policy.ts'
import { mayUnmask, unmaskAddress } from '../../unmaskings/policy.ts'

const most = 8

/** With whom it may have been agreed, whom one is to meet first; `call`: where the telephone is asked for (PRV-02). */
export async function peopleToAsk(actor: Actor, visit: { id: bigint; customerId: bigint | null }) {
  const [planned, contacts] = await Promise.all([
    db.visitPerson.findMany({
      where: { visitId: visit.id },
      orderBy: { id: 'asc' },
      take: most,
      select: { name: true },
    }),
    contactsToCall(actor, visit.customerId),
  ])
  const names = [...new Set([...planned, ...contacts].map(({ name }) => name))].slice(0, most)
  return { names, calls: contacts.flatMap(({ name, call }) => (call ? [{ name, href: call }] : [])) }
}

async function contactsToCall(actor: Actor, customerId: bigint | null) {
  if (customerId === null) return []
  const customer = await db.customer.findFirst({
    where: { AND: [{ id: customerId }, visibleCustomers(actor)] },
    select: {
      number: true,
      ownerId: true,
      departmentId: true,
      regionId: true,
      contacts: {
        where: { removedAt: null },
        orderBy: [{ main: 'desc' }, { id: 'asc' }],
        take: most,
        select: { id: true, name: true, phones: true },
      },
    },
  })
  if (!customer) return []
  const opens = mayUnmask(actor, customer, 'l2')
  return customer.contacts.map(({ id, name, phones }) => ({
    name,
    call: opens && phones.length > 0 ? unmaskAddress(customer.number, 'phones', id) : null,
  }))
}
export type ToAsk = Awaited<ReturnType<typeof peopleToAsk>>
