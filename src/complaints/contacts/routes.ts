import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { form, seeOther } from '../../web/route.ts'
import { complaintPolicy, type PlacedComplaint } from '../policy.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { company } from '../ways/queries.ts'
import { factsFor, recordContact } from './commands.ts'
import { contactForm, contactQuery, type ContactForm, type ContactQuery } from './forms.ts'
import { contactPage } from './pages.ts'
import { contactsOf, peopleNamed, remedyInForce } from './queries.ts'
import { endedProblems } from '../assigning/rules.ts'

export const contactRoutes = [
  form<ContactForm, Complaint & PlacedComplaint, ContactQuery>('/complaints/:number/contacts/new', {
    load: complaintFor,
    allow: complaintPolicy.contact,
    guard: ({ record }) => endedProblems(record),
    query: contactQuery as never,
    view: 'complaints/contacts/new',
    show: async ({ actor, record, query, now }) =>
      contactPage(actor, record, query, await givenFor(actor, record), now),
    fields: contactForm as never,
    submit: async ({ actor, record, input, now }) => {
      await recordContact(actor, record, input, now)
      return seeOther(`/complaints/${record.number}`, 'closing:notice.contact')
    },
  }),
]

async function givenFor(actor: Actor, complaint: Complaint) {
  const [facts, house, contacts, offer] = await Promise.all([
    factsFor(db, complaint, actor),
    company(),
    contactsOf(complaint),
    remedyInForce(db, complaint),
  ])
  return { facts, company: house, contacts, offer, people: await peopleNamed(facts.companions) }
}
