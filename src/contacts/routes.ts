import { customerFor, type Customer } from '../customers/queries.ts'
import { form, seeOther } from '../web/route.ts'
import { addContact, correctContact, removeContact } from './commands.ts'
import {
  contactForm,
  newContactForm,
  removalForm,
  type ContactCorrection,
  type NewContact,
  type Removal,
} from './forms.ts'
import { contactPage, newContactPage, removalPage } from './pages.ts'
import { contactPolicy } from './policy.ts'
import { contactFor, contactsFor, type ContactOf } from './queries.ts'

const idsOf = ({ customer, contact }: ContactOf) => ({ customerId: customer.id, contactId: contact.id })

export const contactRoutes = [
  form<NewContact, Customer>('/customers/:number/contacts/new', {
    load: customerFor,
    allow: contactPolicy.add,
    view: 'contacts/one',
    show: async ({ actor, record }) => newContactPage(actor, record, await contactsFor(actor, record)),
    fields: newContactForm,
    draft: true,
    submit: async ({ actor, record, input, now }) => {
      await addContact(actor, record.id, input, now)
      return seeOther(`/customers/${record.number}`, 'contacts:notice.added', { name: input.name })
    },
  }),
  form<ContactCorrection, ContactOf>('/customers/:number/contacts/:contact', {
    load: contactFor,
    allow: contactPolicy.correct,
    view: 'contacts/one',
    show: ({ actor, record }) => contactPage(actor, record),
    fields: contactForm,
    submit: async ({ actor, record, input, now }) => {
      await correctContact(actor, idsOf(record), input, now)
      return seeOther(`/customers/${record.customer.number}`, 'contacts:notice.corrected')
    },
  }),
  form<Removal, ContactOf>('/customers/:number/contacts/:contact/removal', {
    load: contactFor,
    allow: contactPolicy.remove,
    view: 'contacts/removal',
    show: ({ record }) => removalPage(record),
    fields: removalForm,
    submit: async ({ actor, record, input, now }) => {
      await removeContact(actor, idsOf(record), input, now)
      return seeOther(`/customers/${record.customer.number}`, 'contacts:notice.removed', { name: record.contact.name })
    },
  }),
]
