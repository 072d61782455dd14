import { form, page } from '../../web/route.ts'
import { db } from '../../db.ts'
import { openedOn } from '../days.ts'
import { creditPolicy } from '../policy.ts'
import { entered, moved } from './answers.ts'
import { customerIn } from './choosing.ts'
import { recordBreach, recordShipment } from './commands.ts'
import { takeBackShipment } from './countering.ts'
import { counterPage, shipmentFormPage } from './form-pages.ts'
import {
  aboutQuery,
  breachForm,
  counterForm,
  historyForm,
  shipmentQuery,
  type AboutQuery,
  type BreachForm,
  type CounterForm,
  type HistoryForm,
  type ShipmentQuery,
} from './forms.ts'
import { counterGuard } from './guards.ts'
import { shipmentList } from './list-pages.ts'
import { shipmentsFor } from './listing.ts'
import { shipmentPage } from './pages.ts'
import { allocationsOf, knownUnder, nameOf, shipmentFor, type ShipmentOf } from './queries.ts'

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

export const shipmentRoutes = [
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
]
