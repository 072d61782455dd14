import { permit } from '../../access/policy.ts'
import { form, page, seeOther } from '../../web/route.ts'
import { moneyText } from '../../lib/money.ts'
import { creditPolicy, releasePolicy } from '../policy.ts'
import { releaseFor, type Release } from '../queries.ts'
import { cancelGuard, cancelPage, partGuard, partPage } from './act-pages.ts'
import { askRelease, checkAgain, giveUpRelease, payPart } from './commands.ts'
import {
  cancelForm,
  newQuery,
  partForm,
  requestForm,
  stepForm,
  type CancelInput,
  type NewQuery,
  type PartInput,
  type RequestInput,
  type StepInput,
} from './forms.ts'
import { releaseListRoutes } from './list/routes.ts'
import { newPage } from './new-page.ts'
import { releasePage } from './page/pages.ts'
import { customerToAsk, customerTyped } from './queries.ts'
import { closedProblems } from './rules.ts'

const newRoutes = [
  form<RequestInput, undefined, NewQuery>('/releases/new', {
    allow: permit('credit.request'),
    guard: async ({ actor, query }) => {
      const customer = await customerToAsk(actor, query.amount === undefined ? query.customer : undefined)
      return closedProblems(customer?.life === 'void' || customer?.life === 'lost')
    },
    query: newQuery as never,
    view: 'credit/releases/new',
    show: async ({ actor, query, typed, now }) => {
      const given = { ...query, ...typed }
      return newPage(actor, await customerTyped(actor, given.customer), given, now)
    },
    fields: requestForm as never,
    submit: async ({ actor, input, now }) => {
      const { number, state } = await askRelease(actor, input, now)
      const notice = state === 'released' ? 'releases:notice.released' : 'releases:notice.held'
      return seeOther(`/releases/${number}`, notice, { number })
    },
  }),
]

const actRoutes = [
  page<Release>('/releases/:number', {
    load: releaseFor,
    allow: releasePolicy.view,
    view: 'credit/releases/show',
    show: ({ actor, record, now }) => releasePage(actor, record, now),
  }),
  form<StepInput, Release>('/releases/:number/check', {
    load: releaseFor,
    allow: creditPolicy.request,
    fields: stepForm,
    submit: async ({ actor, record, input, now }) => {
      const { number, state } = await checkAgain(actor, record.id, input.version, now)
      const notice = state === 'released' ? 'releases:notice.checkedReleased' : 'releases:notice.checkedHeld'
      return seeOther(`/releases/${number}`, notice, { number })
    },
  }),
  form<CancelInput, Release>('/releases/:number/cancellation', {
    load: releaseFor,
    allow: creditPolicy.request,
    guard: ({ record }) => cancelGuard(record),
    view: 'credit/releases/cancel',
    show: ({ actor, record }) => cancelPage(actor, record),
    fields: cancelForm as never,
    submit: async ({ actor, record, input, now }) => {
      await giveUpRelease(actor, record.id, input, now)
      return seeOther(`/releases/${record.number}`, 'releases:notice.cancelled', { number: record.number })
    },
  }),
  form<PartInput, Release>('/releases/:number/payment-part', {
    load: releaseFor,
    allow: creditPolicy.request,
    guard: ({ record, now }) => partGuard(record, now),
    view: 'credit/releases/part',
    show: ({ actor, record, now }) => partPage(actor, record, now),
    fields: partForm as never,
    submit: async ({ actor, record, input, now }) => {
      await payPart(actor, record.id, input, now)
      const params = { number: record.number, amount: moneyText(input.amount) }
      return seeOther(`/releases/${record.number}`, 'releases:notice.part', params)
    },
  }),
]

/** Addresses with a word of their own before those with a number. */
export const releaseRoutes = [...releaseListRoutes, ...newRoutes, ...actRoutes]
