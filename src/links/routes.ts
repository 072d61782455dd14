import { customerFor, type Customer } from '../customers/queries.ts'
import { form, seeOther } from '../web/route.ts'
import { addLink, removeLink } from './commands.ts'
import { newLinkForm, removalForm, type NewLink, type Removal } from './forms.ts'
import { newLinkPage, removalPage } from './pages.ts'
import { linkPolicy } from './policy.ts'
import { linkFor, type LinkOf } from './queries.ts'

export const linkRoutes = [
  form<NewLink, Customer>('/customers/:number/links/new', {
    load: customerFor,
    allow: linkPolicy.add,
    view: 'links/new',
    show: ({ actor, record }) => newLinkPage(actor, record),
    fields: newLinkForm,
    submit: async ({ actor, record, input, now }) => {
      await addLink(actor, record, input, now)
      return seeOther(`/customers/${record.number}`, 'links:notice.added')
    },
  }),
  form<Removal, LinkOf>('/customers/:number/links/:link/removal', {
    load: linkFor,
    allow: linkPolicy.remove,
    view: 'links/removal',
    show: ({ actor, record }) => removalPage(actor, record),
    fields: removalForm,
    submit: async ({ actor, record: { customer, link }, input, now }) => {
      await removeLink(actor, customer, link.id, input, now)
      return seeOther(`/customers/${customer.number}`, 'links:notice.removed')
    },
  }),
]
