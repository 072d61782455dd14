import { reading } from '../audit/change.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { assignCustomer, correctCustomer, createCustomer } from './commands.ts'
import { printCustomerFile } from './file.ts'
import { assignmentForm, correctionForm, listQuery, newCustomerForm, type ListQuery } from './forms.ts'
import { customerPage, indexPage, placeOptions } from './pages.ts'
import { customerPolicy } from './policy.ts'
import { customerFor, customersFor, historyOf, placesToChoose, possibleOwners, type Customer } from './queries.ts'

export const customerRoutes = [
  page<undefined, ListQuery>('/customers', {
    allow: customerPolicy.list,
    query: listQuery as never,
    view: 'customers/index',
    show: async ({ actor, query }) => indexPage(actor, query, await customersFor(actor, query)),
  }),
  form('/customers/new', {
    allow: customerPolicy.create,
    view: 'customers/new',
    show: async ({ actor }) => placeOptions(actor, 'customers.create', await placesToChoose()),
    fields: newCustomerForm,
    submit: async ({ actor, input, now }) => {
      const number = await createCustomer(actor, input, now)
      return seeOther(`/customers/${number}`, 'customers:notice.created', { number })
    },
  }),
  page('/customers/:number', {
    load: customerFor,
    allow: customerPolicy.view,
    view: 'customers/show',
    show: async ({ actor, record }: { actor: Parameters<typeof customerPage>[0]; record: Customer }) => {
      await reading(actor, 'customer.opened', `customer:${record.id}`)
      return customerPage(actor, record, await historyOf(record, 20))
    },
  }),
  form('/customers/:number/correction', {
    load: customerFor,
    allow: customerPolicy.correct,
    view: 'customers/correction',
    show: ({ record }: { record: Customer }) => ({ customer: record }),
    fields: correctionForm,
    submit: async ({ actor, record, input, now }) => {
      await correctCustomer(actor, record.id, input, now)
      return seeOther(`/customers/${record.number}`, 'customers:notice.corrected')
    },
  }),
  form('/customers/:number/assignment', {
    load: customerFor,
    allow: customerPolicy.assign,
    view: 'customers/assignment',
    show: async ({ actor, record }) => ({
      customer: record,
      owners: await possibleOwners(),
      ...placeOptions(actor, 'customers.assign', await placesToChoose()),
    }),
    fields: assignmentForm,
    submit: async ({ actor, record, input, now }) => {
      await assignCustomer(actor, record.id, input, now)
      return seeOther(`/customers/${record.number}`, 'customers:notice.assigned')
    },
  }),
  download('/customers/:number/file.pdf', {
    load: customerFor,
    allow: customerPolicy.print,
    send: ({ actor, record, now }) => printCustomerFile(actor, record, now),
  }),
]
