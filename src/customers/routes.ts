import { reading } from '../audit/change.ts'
import { calendarAt } from '../calendar/queries.ts'
import { askAgain, confirmCustomer } from '../confirmations/commands.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { alikeRoutes } from './alike/routes.ts'
import { aroundOf } from './around.ts'
import { askedAbout } from './asked.ts'
import { correctCustomer, createCustomer, type Correction } from './commands.ts'
import { printCustomerFile, printedPage } from './file.ts'
import {
  confirmationForm,
  correctionForms,
  customerQuery,
  lifeForm,
  newCustomerForm,
  type LifeChange,
  type NewCustomer,
  type Section,
} from './forms.ts'
import { correctedNotice, correctionPage, lifePage, newPage } from './form-pages.ts'
import { gradingRoutes } from './grading/routes.ts'
import { historyRoutes } from './history/routes.ts'
import { changeLife } from './life.ts'
import { neighboursIn } from './list/neighbours.ts'
import { promisesTo } from '../promises/section.ts'
import { listRoutes } from './list/routes.ts'
import { customerPage, linesInMargin } from './pages.ts'
import { customerPolicy } from './policy.ts'
import { customerFor, placesToChoose, type Customer } from './queries.ts'

const addressOf = ({ number }: Customer) => `/customers/${number}`

const correction = (section: Section) =>
  form<Correction, Customer>(`/customers/:number/${section}`, {
    load: customerFor,
    allow: customerPolicy.correct,
    view: 'customers/correction',
    show: async ({ actor, record, now }) =>
      correctionPage(actor, record, section, await askedAbout(actor, record, now)),
    fields: correctionForms[section],
    draft: section === 'background',
    submit: async ({ actor, record, input, now }) => {
      const { key, params } = correctedNotice(actor, await correctCustomer(actor, record.id, input, now))
      return seeOther(addressOf(record), key, params)
    },
  })

export const customerRoutes = [
  ...listRoutes,
  form<NewCustomer>('/customers/new', {
    allow: customerPolicy.create,
    view: 'customers/new',
    show: async ({ actor }) => newPage(actor, await placesToChoose()),
    fields: newCustomerForm,
    draft: true,
    submit: async ({ actor, input, now }) => {
      const number = await createCustomer(actor, input, now)
      return seeOther(`/customers/${number}`, 'customers:notice.created', { number })
    },
  }),
  ...alikeRoutes,
  page<Customer, { in?: string }>('/customers/:number', {
    load: customerFor,
    allow: customerPolicy.view,
    query: customerQuery as never,
    view: 'customers/show',
    show: async ({ actor, record, query, now }) => {
      const [around, asked, promises, neighbours, calendar] = await Promise.all([
        aroundOf(actor, record, linesInMargin, now),
        askedAbout(actor, record, now),
        promisesTo(actor, record, now),
        neighboursIn(actor, query.in, record),
        calendarAt(now),
        reading(actor, 'customer.opened', `customer:${record.id}`),
      ])
      return { ...customerPage(actor, record, { ...around, asked, promises }, now, calendar), neighbours }
    },
  }),
  ...historyRoutes,
  ...gradingRoutes,
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
  form<{ version: number }, Customer>('/customers/:number/confirmation/asking', {
    load: customerFor,
    allow: customerPolicy.correct,
    fields: confirmationForm,
    submit: async ({ actor, record, input, now }) => {
      const asked = await askAgain(actor, record.id, input.version, now)
      return seeOther(addressOf(record), 'confirmations:notice.asked', { number: asked })
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
  page<Customer>('/customers/:number/print', {
    load: customerFor,
    allow: customerPolicy.print,
    view: 'customers/print',
    show: ({ actor, record, now }) => printedPage(actor, record, now),
  }),
]
