import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import { contactTexts } from '../../contacts/facts.ts'
import { contactsFor, type Contact } from '../../contacts/queries.ts'
import { factsOf } from '../../customers/facts.ts'
import { customerFor, type Customer } from '../../customers/queries.ts'
import { db } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { NotFound } from '../../lib/refused.ts'
import { belongingsOf, seenMark } from '../../verifications/queries.ts'
import type { Visit } from '../queries.ts'
import type { Field, Group, Reader } from './groups.ts'

/** So many people of the customer stand on the report's page; the others are corrected in the record. */
const mostContacts = 4

type Hidden = Record<string, string>
export type Learned = { group: Group | null; hidden: Hidden; mayKeep: boolean }

/**
 * VIS-08: the customer's facts that change most often, as they stand, masked. What nobody touched shows what stands there
 * now, whatever was shown before; who may not correct the record is told whose it is.
 */
export async function learnedPage(
  actor: Actor,
  visit: Visit,
  reader: Reader,
  people: { contactId: bigint | null }[],
): Promise<Learned> {
  const customer = await seenCustomer(actor, visit)
  if (!customer) return { group: null, hidden: {}, mayKeep: false }
  const t = translate[actor.language]
  const base: Group = { id: 'facts', heading: t('visitReports:section.facts'), rule: 'VIS-08', fields: [] }
  if (!may(actor, 'customers.correct', customer)) {
    const owner = customer.owner?.name
    const lede = owner ? t('visitReports:factsNotYours', { owner }) : t('visitReports:factsNobodys')
    return { group: { ...base, lede }, hidden: {}, mayKeep: false }
  }
  const contacts = await contactsShown(actor, customer, people)
  const cells = cellsOf(actor, customer, contacts)
  const ticks = may(actor, 'customers.verify', customer) ? [ticksOf(actor, contacts, reader)] : []
  return {
    mayKeep: true,
    hidden: {
      ...Object.fromEntries(cells.map(({ shownName, shown }) => [shownName, shown])),
      seen: seenMark(customer, await belongingsOf(db, customer.id)),
    },
    group: {
      ...base,
      lede: t('visitReports:factsLede'),
      fields: [...cells.map((cell) => fieldOf(cell, reader.typed)), ...distinctionIn(actor, reader), ...ticks],
      links: [{ href: `/customers/${customer.number}`, word: t('visitReports:factsElsewhere') }],
    },
  }
}

async function seenCustomer(actor: Actor, { customer }: Visit): Promise<Customer | null> {
  if (!customer) return null
  try {
    return await customerFor(actor, customer.number)
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}

/** Whom one meant to meet, and the main one. */
async function contactsShown(actor: Actor, customer: Customer, people: { contactId: bigint | null }[]) {
  const all = await contactsFor(actor, customer)
  return all.filter(({ id, main }) => main || people.some(({ contactId }) => contactId === id)).slice(0, mostContacts)
}

type Cell = {
  name: string
  shownName: string
  shown: string
  label: string
  type: string
  span: number
  maxlength: number
}

function cellsOf({ language }: Actor, customer: Customer, contacts: Contact[]): Cell[] {
  const t = translate[language]
  const facts = factsOf(customer)
  const whole = { type: 'text', span: 6, maxlength: 200 }
  return [
    {
      name: 'factPhone',
      shownName: 'shownPhone',
      shown: facts.phone ?? '',
      label: t('visitReports:field.factPhone'),
      ...whole,
    },
    {
      name: 'factAddress',
      shownName: 'shownAddress',
      shown: facts.address ?? '',
      label: t('visitReports:field.factAddress'),
      ...whole,
    },
    ...contacts.flatMap((contact): Cell[] => {
      const { id, name } = contact
      const { post, phones } = contactTexts(contact)
      const of = (what: 'Post' | 'Phones', shown: string) => ({
        name: `contact${what}-${id}`,
        shownName: `shown${what}-${id}`,
        shown,
        label: t(`visitReports:field.contact${what}`, { name }),
      })
      return [
        { ...of('Post', post), ...whole, maxlength: 60 },
        { ...of('Phones', phones), ...whole },
      ]
    }),
  ]
}

function fieldOf({ name, shownName, shown, label, type, span, maxlength }: Cell, typed: Record<string, string>): Field {
  const touched = name in typed && typed[name] !== typed[shownName]
  return { name, label, type, span, maxlength, value: touched ? typed[name]! : shown, own: true }
}

/** Asked for only where a phone was another customer's. */
function distinctionIn({ language }: Actor, { typed }: Reader): Field[] {
  if (typed['distinction'] === undefined && !Object.keys(typed).some((name) => name.startsWith('shown'))) return []
  const t = translate[language]
  const hint = t('visitReports:hint.distinction')
  return [{ name: 'distinction', label: t('visitReports:field.distinction'), span: 12, maxlength: 200, hint }]
}

function ticksOf({ language }: Actor, contacts: Contact[], { typed }: Reader): Field {
  const t = translate[language]
  const option = (name: string, word: string) => ({ name, word, value: Boolean(typed[name]) })
  return {
    name: 'verified',
    label: t('visitReports:field.verified'),
    type: 'checks',
    span: 12,
    options: [
      option('verify-reach', t('visitReports:verify.reach')),
      ...contacts.map(({ id, name }) => option(`verify-contact-${id}`, t('visitReports:verify.contact', { name }))),
    ],
  }
}
