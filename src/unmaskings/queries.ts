import type { Actor } from '../access/actor.ts'
import type { Placed } from '../access/policy.ts'
import { contactFor } from '../contacts/queries.ts'
import { customerFor, type Customer } from '../customers/queries.ts'
import { levelOf, veil, type Level } from '../customers/sensitivity.ts'
import { db } from '../db.ts'
import { NotFound } from '../lib/refused.ts'

const ofCustomers = ['phone', 'morePhones', 'email', 'wechat', 'code', 'creditNote', 'tradeNote'] as const
const ofContacts = ['phones', 'email', 'wechat'] as const
export type Field = (typeof ofCustomers)[number] | (typeof ofContacts)[number]

/** One field of one record that is masked, and what it takes to see it; the value itself stays behind. */
export type Masked = Placed & {
  customer: Customer
  contact: { id: bigint; name: string } | null
  field: Field
  level: Level
  masked: string
}

const unmaskings: Unmasked['action'][] = ['customer.unmasked', 'complaint.unmasked']

/** The same with the value, for as long as it may be shown. */
export type Shown = Masked & { value: string | null; until: Date }

export async function customerFieldFor(actor: Actor, number: string, field: string): Promise<Masked> {
  return (await customerField(actor, number, field)).masked
}

export async function contactFieldFor(actor: Actor, number: string, id: string, field: string): Promise<Masked> {
  return (await contactField(actor, number, id, field)).masked
}

export async function shownCustomerField(actor: Actor, number: string, field: string, line: string): Promise<Shown> {
  const { masked, value } = await customerField(actor, number, field)
  return { ...masked, value, until: await shownUntil(actor, masked, line) }
}

export async function shownContactField(
  actor: Actor,
  number: string,
  id: string,
  field: string,
  line: string,
): Promise<Shown> {
  const { masked, value } = await contactField(actor, number, id, field)
  return { ...masked, value, until: await shownUntil(actor, masked, line) }
}

/** How the trail names that somebody saw a masked field of something. */
export type Unmasked = { action: 'customer.unmasked' | 'complaint.unmasked'; subject: string }

/** How many fields this person has asked for since then. */
export function countUnmaskings(actor: Actor, since: Date): Promise<number> {
  return db.auditEntry.count({ where: { actorId: actor.id, action: { in: unmaskings }, at: { gt: since } } })
}

async function customerField(actor: Actor, number: string, name: string) {
  const field = ofCustomers.find((one) => one === name)
  if (!field) throw new NotFound()
  const customer = await customerFor(actor, number)
  const held = await db.customer.findUniqueOrThrow({ where: { id: customer.id }, select: { [field]: true } })
  return asked(customer, null, field, (held as Record<string, unknown>)[field])
}

async function contactField(actor: Actor, number: string, id: string, name: string) {
  const field = ofContacts.find((one) => one === name)
  if (!field) throw new NotFound()
  const { customer, contact } = await contactFor(actor, number, id)
  const held = await db.contact.findUniqueOrThrow({ where: { id: contact.id }, select: { [field]: true } })
  return asked(customer, contact, field, (held as Record<string, unknown>)[field])
}

function asked(customer: Customer, contact: { id: bigint; name: string } | null, field: Field, held: unknown) {
  const value = Array.isArray(held) ? held.join('、') : typeof held === 'string' ? held : ''
  if (value === '') throw new NotFound()
  const { ownerId, departmentId, regionId } = customer
  const masked: Masked = {
    ownerId,
    departmentId,
    regionId,
    customer,
    contact: contact && { id: contact.id, name: contact.name },
    field,
    level: levelOf(field, value),
    masked: veil(field, value),
  }
  return { masked, value }
}

/** The line of the trail is the ticket: this person's own, for this field, and only for its time. */
function shownUntil(actor: Actor, { customer, contact, field }: Masked, line: string): Promise<Date> {
  const part = contact ? `contact:${contact.id}` : undefined
  const asked = { action: 'customer.unmasked', subject: `customer:${customer.id}` } as const
  return ticketOf(actor, asked, { field, part }, line)
}

export async function ticketOf(
  actor: Actor,
  asked: Unmasked,
  { field, part }: { field: string; part?: string | undefined },
  line: string,
): Promise<Date> {
  if (!/^\d{1,18}$/u.test(line)) throw new NotFound()
  const entry = await db.auditEntry.findFirst({
    where: { id: BigInt(line), actorId: actor.id, ...asked },
    select: { after: true },
  })
  const after = (entry?.after ?? {}) as { field?: string; part?: string; until?: string }
  if (after.field !== field || after.part !== part || !after.until) throw new NotFound()
  return new Date(after.until)
}
