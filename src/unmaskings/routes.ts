import { form, page, seeOther } from '../web/route.ts'
import { unmask } from './commands.ts'
import { unmaskingForm } from './asking.ts'
import { askPage, shownPage } from './pages.ts'
import { unmaskAddress, unmaskPermit } from './policy.ts'
import {
  contactFieldFor,
  customerFieldFor,
  shownContactField,
  shownCustomerField,
  type Masked,
  type Shown,
} from './queries.ts'
import type { Reason } from './rules.ts'

type Loader<R> = (actor: Parameters<typeof customerFieldFor>[0], ...address: string[]) => Promise<R>

const asking = (path: string, load: Loader<Masked>) =>
  form<Reason, Masked>(path, {
    load,
    allow: unmaskPermit,
    view: 'unmaskings/ask',
    show: ({ actor, record }) => askPage(actor, record),
    fields: unmaskingForm,
    submit: async ({ actor, record, input, now }) => {
      const line = await unmask(actor, record, input, now)
      return seeOther(`${unmaskAddress(record.customer.number, record.field, record.contact?.id)}/${line}`)
    },
  })

const showing = (path: string, load: Loader<Shown>) =>
  page<Shown>(path, {
    load,
    allow: unmaskPermit,
    view: 'unmaskings/shown',
    show: ({ actor, record, now }) => shownPage(actor, record, now),
  })

const ofCustomer = '/customers/:number/unmaskings/:field'
const ofContact = '/customers/:number/contacts/:contact/unmaskings/:field'

export const unmaskingRoutes = [
  asking(ofCustomer, customerFieldFor as Loader<Masked>),
  showing(`${ofCustomer}/:line`, shownCustomerField as Loader<Shown>),
  asking(ofContact, contactFieldFor as Loader<Masked>),
  showing(`${ofContact}/:line`, shownContactField as Loader<Shown>),
]
