import { reading } from '../audit/change.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { correctCustomer, createCustomer, type Correction } from './commands.ts'
import { printCustomerFile } from './file.ts'
import {
  alikeQuery,
  confirmationForm,
  correctionForms,
  lifeForm,
  newCustomerForm,
  type AlikeQuery,
  type LifeChange,
  type NewCustomer,
  type Section,
} from './forms.ts'
import { changeLife, confirmCustomer } from './life.ts'
import { listRoutes } from './list/routes.ts'
import { alikePage, correctionPage, customerPage, lifePage, newPage } from './pages.ts'
import { customerPolicy } from './policy.ts'
import { alikeTo, customerFor, historyOf, placesToChoose, type Customer } from './queries.ts'

const addressOf = ({ number }: Customer) => `/customers/${number}`

const correction = (section: Section) =>
  form<Correction, Customer>(`/customers/:number/${section}`, {
    load: customerFor,
    allow: customerPolicy.correct,
    view: 'customers/correction',
    show: ({ actor, record }) => correctionPage(actor, record, section),
    fields: correctionForms[section],
    submit: async ({ actor, record, input, now }) => {
      await correctCustomer(actor, record.id, input, now)
      return seeOther(addressOf(record), 'customers:notice.corrected')
    },
  })

export const customerRoutes = [
  ...listRoutes,
  form<NewCustomer>('/customers/new', {
    allow: customerPolicy.create,
    view: 'customers/new',
    show: async ({ actor }) => newPage(actor, await placesToChoose()),
    fields: newCustomerForm,
    submit: async ({ actor, input, now }) => {
      const number = await createCustomer(actor, input, now)
      return seeOther(`/customers/${number}`, 'customers:notice.created', { number })
    },
  }),
  page<undefined, AlikeQuery>('/customers/alike', {
    allow: customerPolicy.create,
    query: alikeQuery,
    view: 'customers/alike',
    show: async ({ actor, query }) => alikePage(actor, await alikeTo(query)),
  }),
  page<Customer>('/customers/:number', {
    load: customerFor,
    allow: customerPolicy.view,
    view: 'customers/show',
    show: async ({ actor, record }) => {
      await reading(actor, 'customer.opened', `customer:${record.id}`)
      return customerPage(actor, record, await historyOf(record, 20))
    },
  }),
  correction('identity'),
  correction('reach'),
  correction('background'),
  form<{ version: number }, Customer>('/customers/:number/confirmation', {
    load: customerFor,
    allow: customerPolicy.confirm,
    fields: confirmationForm,
    submit: async ({ actor, record, input, now }) => {
      await confirmCustomer(actor, record.id, input.version, now)
      return seeOther(addressOf(record), 'customers:notice.confirmed')
    },
  }),
  form<LifeChange, Customer>('/customers/:number/life', {
    load: customerFor,
    allow: customerPolicy.changeLife,
    view: 'customers/life',
    show: ({ actor, record }) => lifePage(actor, record),
    fields: lifeForm,
    submit: async ({ actor, record, input, now }) => {
      await changeLife(actor, record.id, input, now)
      return seeOther(addressOf(record), 'customers:notice.lifeChanged')
    },
  }),
  download<Customer>('/customers/:number/file.pdf', {
    load: customerFor,
    allow: customerPolicy.print,
    send: ({ actor, record, now }) => printCustomerFile(actor, record, now),
  }),
]
