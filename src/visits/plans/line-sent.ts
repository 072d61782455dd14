import type { Actor } from '../../access/actor.ts'
import { visibleCustomers } from '../../customers/policy.ts'
import type { Tx } from '../../db.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import type { Visit } from '../queries.ts'
import { companionRows, partyRows, purposes, spendingRows, type LineInput } from './line-forms.ts'
import { namesText, type Spoken } from './people.ts'

/** A line as its form sends it, field by field. */
export type Sent = Record<string, string>

type Facts = Pick<LineInput, 'customer' | 'party' | 'target' | 'day' | 'time' | 'minutes' | 'place'> &
  Pick<LineInput, 'district' | 'agenda' | 'bring' | 'purposes' | 'contacts'> & {
    people: readonly Spoken[]
    companions: readonly string[]
    parties: readonly string[]
    costs: readonly { kind: string; what: string | null; quantity: number; price: string | null; n: number }[]
  }

export const asTyped = ({ companions, parties, spendings, ...input }: LineInput): Sent =>
  sentOf({
    ...input,
    companions: companions.map(({ number }) => number.toUpperCase()),
    parties: parties.map(({ number }) => number.toUpperCase()),
    costs: spendings,
  })

export async function asSent(tx: Tx, line: Visit): Promise<Sent> {
  const visitId = line.id
  const people = await tx.visitPerson.findMany({ where: { visitId, planned: true }, orderBy: { id: 'asc' } })
  const parties = await tx.visitParty.findMany({
    where: { visitId },
    select: { customer: { select: { number: true } } },
  })
  const costs = await tx.visitSpending.findMany({ where: { visitId, removedAt: null }, orderBy: { id: 'asc' } })
  const staff = await tx.staff.findMany({ where: { id: { in: line.companions } }, select: { number: true } })
  return sentOf({
    ...line,
    customer: line.customer?.number ?? null,
    party: line.customer ? null : line.party,
    day: dateText(line.startsAt),
    time: line.timed ? dateTimeText(line.startsAt).slice(11) : null,
    contacts: people.flatMap(({ contactId }) => contactId ?? []),
    people: people.filter(({ contactId }) => contactId === null),
    companions: staff.map(({ number }) => number),
    parties: parties.map(({ customer }) => customer.number),
    costs: costs.map(({ price, ...cost }, at) => ({ ...cost, price: price.toFixed(2), n: at + 1 })),
  })
}

const plain = ['party', 'target', 'day', 'time', 'place', 'district', 'agenda', 'bring'] as const
const named = (prefix: string, rows: readonly number[], values: readonly string[]): Sent =>
  Object.fromEntries(rows.map((n) => [`${prefix}${n}`, values[n - 1] ?? '']))

function sentOf(facts: Facts): Sent {
  return {
    customer: facts.customer?.toUpperCase() ?? '',
    ...Object.fromEntries(plain.map((name) => [name, facts[name] ?? ''])),
    minutes: `${facts.minutes}`,
    ...Object.fromEntries(purposes.map((one) => [`purpose_${one}`, facts.purposes.includes(one) ? 'on' : ''])),
    ...Object.fromEntries(facts.contacts.map((id) => [`contact_${id}`, 'on'])),
    people: namesText(facts.people),
    ...named('companion', companionRows, facts.companions),
    ...named('other', partyRows, facts.parties),
    ...Object.assign({}, ...spendingRows.map((n) => costOf(facts, n))),
  }
}

function costOf({ costs }: Facts, n: number): Sent {
  const cost = costs.find((one) => one.n === n)
  const price = cost?.price ? Number(cost.price).toFixed(2) : ''
  const { kind = 'travel', what, quantity = 1 } = cost ?? {}
  return { [`kind${n}`]: kind, [`what${n}`]: what ?? '', [`quantity${n}`]: `${quantity}`, [`price${n}`]: price }
}

/** Who is behind the numbers that these hold, as far as this person may know (PRV-02). */
export async function namesOf(tx: Tx, actor: Actor, shown: readonly Sent[]) {
  const values = (prefix: RegExp) => shown.flatMap((sent) => Object.entries(sent).filter(([name]) => prefix.test(name)))
  const of = (prefix: RegExp) => values(prefix).map(([, number]) => number)
  const ids = values(/^contact_/).map(([name]) => BigInt(name.slice('contact_'.length)))
  const select = { number: true, name: true } as const
  const seen = visibleCustomers(actor)
  const contacts = await tx.contact.findMany({
    where: { id: { in: ids }, customer: seen },
    select: { id: true, name: true },
  })
  const numbered = { number: { in: of(/^(?:customer$|other)/) } }
  const customers = await tx.customer.findMany({ where: { AND: [seen, numbered] }, select })
  const staff = await tx.staff.findMany({ where: { number: { in: of(/^companion/) } }, select })
  const names = new Map([...customers, ...staff].map(({ number, name }) => [number, name]))
  const numbers = values(/^(?:customer$|other|companion)/).flatMap(([name, number]) =>
    names.has(number) ? [[`${name}.${number}`, `${names.get(number)!} ${number}`] as const] : [],
  )
  return { contacts, numbers }
}
