import { form, page, seeOther, type SeeOther } from '../../web/route.ts'
import { db, reads } from '../../db.ts'
import { monthOf } from '../../lib/months.ts'
import { openedOn } from '../entering.ts'
import { creditPolicy } from '../policy.ts'
import { customerIn } from './choosing.ts'
import { recordBreach, recordReceipt, recordShipment, type Recorded } from './commands.ts'
import { takeBackReceipt, takeBackShipment } from './countering.ts'
import { allocationPage, counterPage, purposePage, receiptFormPage, shipmentFormPage } from './form-pages.ts'
import {
  aboutQuery,
  allocationForm,
  breachForm,
  closingForm,
  counterForm,
  historyForm,
  monthsQuery,
  purposeForm,
  receiptForm,
  receiptQuery,
  shipmentQuery,
  type AboutQuery,
  type AllocationForm,
  type BreachForm,
  type ClosingForm,
  type CounterForm,
  type HistoryForm,
  type MonthsQuery,
  type PurposeForm,
  type ReceiptForm,
  type ReceiptQuery,
  type ShipmentQuery,
} from './forms.ts'
import { counterGuard, purposeGuard, reservedGuard } from './guards.ts'
import { receiptList, shipmentList } from './list-pages.ts'
import { receiptsFor, shipmentsFor } from './listing.ts'
import { monthsPage } from './months-page.ts'
import { closableMonth, closeMonth, monthsOf, yearsUsed } from './months.ts'
import { receiptPage, shipmentPage } from './pages.ts'
import {
  allocationsOf,
  heldReleases,
  knownUnder,
  nameOf,
  openLines,
  receiptFor,
  shipmentFor,
  type ReceiptOf,
  type ShipmentOf,
} from './queries.ts'
import { allocate, givePurpose } from './reallocating.ts'

type About = { actor: Parameters<typeof customerIn>[0]; query: AboutQuery; typed?: Record<string, string>; now: Date }

const ofShipmentForm =
  (breach: boolean) =>
  async ({ actor, query, typed, now }: About) =>
    shipmentFormPage(actor, breach, {
      customer: await customerIn(actor, 'ledger.record', query.customer),
      known: await knownUnder(actor, 'shipment', typed?.['document']),
      openedOn: await openedOn(db),
      now,
    })

const entered = (list: 'shipments' | 'receipts', { number, again, released }: Recorded): SeeOther => {
  const to = `/${list}/${number}`
  if (again) return seeOther(to, 'ledger:notice.again', { number })
  if (released.length === 0) return seeOther(to, `ledger:notice.${list}`, { number })
  return seeOther(to, 'ledger:notice.released', { number, releases: released.join(' ') })
}

const moved = (to: string, released: string[], key: 'countered' | 'allocated' | 'purposed'): SeeOther =>
  released.length === 0
    ? seeOther(to, `ledger:notice.${key}`)
    : seeOther(to, 'ledger:notice.freed', { releases: released.join(' ') })

export const ledgerRoutes = [
  page<undefined, ShipmentQuery>('/shipments', {
    allow: creditPolicy.use,
    query: shipmentQuery as never,
    view: 'credit/ledger/list',
    show: async ({ actor, query, now }) => shipmentList(actor, query, await shipmentsFor(actor, query, now)),
  }),
  form<HistoryForm, undefined, AboutQuery>('/shipments/new', {
    allow: creditPolicy.recordSomewhere,
    query: aboutQuery as never,
    view: 'credit/ledger/shipment-form',
    show: ofShipmentForm(false),
    fields: historyForm as never,
    submit: async ({ actor, input, now }) => entered('shipments', await recordShipment(actor, input, now)),
  }),
  form<BreachForm, undefined, AboutQuery>('/shipments/unreleased', {
    allow: creditPolicy.recordSomewhere,
    query: aboutQuery as never,
    view: 'credit/ledger/shipment-form',
    show: ofShipmentForm(true),
    fields: breachForm as never,
    submit: async ({ actor, input, now }) => entered('shipments', await recordBreach(actor, input, now)),
  }),
  page<ShipmentOf>('/shipments/:number', {
    load: shipmentFor,
    allow: creditPolicy.view,
    view: 'credit/ledger/document',
    show: async ({ actor, record }) =>
      shipmentPage(actor, record, {
        lines: await allocationsOf({ shipmentId: record.id }),
        recorder: await nameOf(record.recordedById),
      }),
  }),
  form<CounterForm, ShipmentOf>('/shipments/:number/counter', {
    load: shipmentFor,
    allow: creditPolicy.record,
    guard: ({ record }) => counterGuard(record),
    view: 'credit/ledger/counter',
    show: ({ actor, record, now }) => counterPage(actor, 'shipment', record, now),
    fields: counterForm as never,
    submit: async ({ actor, record, input, now }) => {
      const { released } = await takeBackShipment(actor, record, input, now)
      return moved(`/shipments/${record.number}`, released, 'countered')
    },
  }),
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
  form<ClosingForm, undefined, MonthsQuery>('/ledger/months', {
    allow: creditPolicy.close,
    query: monthsQuery as never,
    view: 'credit/ledger/months',
    show: async ({ actor, query, now }) => {
      const year = query.year || monthOf(now).slice(0, 4)
      const [years, months, closable] = await Promise.all([
        yearsUsed(now),
        monthsOf(year, now),
        closableMonth(reads, now),
      ])
      return monthsPage(actor, { year, years, months, closable, now })
    },
    fields: closingForm as never,
    submit: async ({ actor, input, now }) => {
      await closeMonth(actor, input.month, now)
      return seeOther(`/ledger/months?year=${input.month.slice(0, 4)}`, 'ledger:notice.closed', { month: input.month })
    },
  }),
]
