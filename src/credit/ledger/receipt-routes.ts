import { form, page } from '../../web/route.ts'
import { reads } from '../../db.ts'
import { creditPolicy } from '../policy.ts'
import { allocationPage, purposePage } from './allocation-pages.ts'
import { entered, moved } from './answers.ts'
import { customerIn } from './choosing.ts'
import { recordReceipt } from './commands.ts'
import { takeBackReceipt } from './countering.ts'
import { counterPage, receiptFormPage } from './form-pages.ts'
import {
  aboutQuery,
  allocationForm,
  counterForm,
  purposeForm,
  receiptForm,
  receiptQuery,
  type AboutQuery,
  type AllocationForm,
  type CounterForm,
  type PurposeForm,
  type ReceiptForm,
  type ReceiptQuery,
} from './forms.ts'
import { counterGuard, purposeGuard, reservedGuard } from './guards.ts'
import { receiptList } from './list-pages.ts'
import { receiptsFor } from './listing.ts'
import { receiptPage } from './pages.ts'
import { allocationsOf, heldReleases, knownUnder, nameOf, openLines, receiptFor, type ReceiptOf } from './queries.ts'
import { allocate, givePurpose } from './reallocating.ts'

export const receiptRoutes = [
  page<undefined, ReceiptQuery>('/receipts', {
    allow: creditPolicy.use,
    query: receiptQuery as never,
    view: 'credit/ledger/list',
    show: async ({ actor, query }) => receiptList(actor, query, await receiptsFor(actor, query)),
  }),
  form<ReceiptForm, undefined, AboutQuery>('/receipts/new', {
    allow: creditPolicy.recordSomewhere,
    query: aboutQuery as never,
    view: 'credit/ledger/receipt-form',
    show: async ({ actor, query, typed, now }) => {
      const customer = await customerIn(actor, 'ledger.record', query.customer)
      const known = await knownUnder(actor, 'receipt', typed?.['document'])
      const releases = customer ? await heldReleases(customer.id) : []
      return receiptFormPage(actor, { customer, known, releases, release: query.release, now })
    },
    fields: receiptForm as never,
    submit: async ({ actor, input, now }) => entered('receipts', await recordReceipt(actor, input, now)),
  }),
  page<ReceiptOf>('/receipts/:number', {
    load: receiptFor,
    allow: creditPolicy.view,
    view: 'credit/ledger/document',
    show: async ({ actor, record }) =>
      receiptPage(actor, record, {
        lines: await allocationsOf({ receiptId: record.id }),
        recorder: await nameOf(record.recordedById),
      }),
  }),
  form<CounterForm, ReceiptOf>('/receipts/:number/counter', {
    load: receiptFor,
    allow: creditPolicy.record,
    guard: ({ record }) => counterGuard(record),
    view: 'credit/ledger/counter',
    show: ({ actor, record, now }) => counterPage(actor, 'receipt', record, now),
    fields: counterForm as never,
    submit: async ({ actor, record, input, now }) => {
      const { released } = await takeBackReceipt(actor, record, input, now)
      return moved(`/receipts/${record.number}`, released, 'countered')
    },
  }),
  form<AllocationForm, ReceiptOf>('/receipts/:number/allocation', {
    load: receiptFor,
    allow: creditPolicy.record,
    guard: ({ record }) => [...counterGuard(record), ...reservedGuard(record)],
    view: 'credit/ledger/allocation',
    show: async ({ actor, record }) => allocationPage(actor, record, await openLines(reads, record)),
    fields: allocationForm as never,
    submit: async ({ actor, record, input, now }) =>
      moved(`/receipts/${record.number}`, await allocate(actor, record, input, now), 'allocated'),
  }),
  form<PurposeForm, ReceiptOf>('/receipts/:number/purpose', {
    load: receiptFor,
    allow: creditPolicy.record,
    guard: ({ record }) => [...counterGuard(record), ...purposeGuard(record)],
    view: 'credit/ledger/purpose',
    show: async ({ actor, record }) => {
      const [lines, releases] = await Promise.all([openLines(reads, record), heldReleases(record.customerId)])
      return purposePage(actor, record, lines, releases)
    },
    fields: purposeForm as never,
    submit: async ({ actor, record, input, now }) =>
      moved(`/receipts/${record.number}`, await givePurpose(actor, record, input, now), 'purposed'),
  }),
]
