import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import type { Placed } from '../access/policy.ts'
import { customerFor, type Customer } from '../customers/queries.ts'
import { veilFields } from '../customers/sensitivity.ts'
import { db, type Db } from '../db.ts'
import { NotFound } from '../lib/refused.ts'

const columns = {
  id: true,
  name: true,
  post: true,
  phones: true,
  email: true,
  wechat: true,
  birthCalendar: true,
  birthYear: true,
  birthMonth: true,
  birthDay: true,
  birthLeap: true,
  note: true,
  main: true,
  version: true,
  createdAt: true,
} satisfies Prisma.ContactSelect
export type Contact = Prisma.ContactGetPayload<{ select: typeof columns }>

/** A contact with the customer it belongs to, whose place it shares. */
export type ContactOf = Placed & { customer: Customer; contact: Contact }

/** The contacts of a customer that the actor sees, the main one first; what is sensitive comes masked (PRV-02). */
export async function contactsFor(_actor: Actor, customer: { id: bigint }): Promise<Contact[]> {
  const contacts = await db.contact.findMany({
    where: { customerId: customer.id, removedAt: null },
    orderBy: [{ main: 'desc' }, { id: 'asc' }],
    select: columns,
  })
  return contacts.map(veilFields)
}

/** The only way to a contact: by the customer it belongs to. Masked like the rest (PRV-02). */
export async function contactFor(actor: Actor, number: string, id: string): Promise<ContactOf> {
  const customer = await customerFor(actor, number)
  const contact = await contactIn(db, customer.id, id)
  const { ownerId, departmentId, regionId } = customer
  return { ownerId, departmentId, regionId, customer, contact: veilFields(contact) }
}

/** The contact with nothing masked; for writing, the customer's row is locked already. */
export async function contactIn(tx: Pick<Db, 'contact'>, customerId: bigint, id: bigint | string): Promise<Contact> {
  if (!/^\d{1,18}$/u.test(String(id))) throw new NotFound()
  const contact = await tx.contact.findFirst({
    where: { id: BigInt(id), customerId, removedAt: null },
    select: columns,
  })
  if (!contact) throw new NotFound()
  return contact
}
