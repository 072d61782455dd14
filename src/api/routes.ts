import { creditPolicy, releasePolicy } from '../credit/policy.ts'
import { creditCustomer, releaseFor, type CreditCustomer, type Release } from '../credit/queries.ts'
import { figureFor } from '../credit/figure.ts'
import { reads } from '../db.ts'
import { permit } from '../access/policy.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { api, type ApiRoute, type Caller } from '../web/api.ts'
import type { OpenDocument } from '../web/api-mount.ts'
import { page } from '../web/route.ts'
import { creditOf, heldOf, receiptOf, releaseOf, shipmentOf } from './answers.ts'
import { takeReceipt, takeRelease, takeShipment } from './commands.ts'
import {
  receiptBody,
  releaseBody,
  shipmentBody,
  type ReceiptBody,
  type ReleaseBody,
  type ShipmentBody,
} from './forms.ts'
import { openApi } from './openapi.ts'
import { guidePage } from './pages.ts'
import { figureAnswer, heldAnswer, receiptAnswer, releaseAnswer, shipmentAnswer } from './shapes.ts'

const most = 500
const conflicts = ['credit:refused.documentOtherwise', 'credit:refused.state'] as const
const seesCredit = ({ actor }: Caller, release: Release) => creditPolicy.view(actor, release)
const made = (again: boolean | undefined) => (again ? 200 : 201)

export const apiRoutes: ApiRoute[] = [
  api<undefined, ShipmentBody>('POST /api/v1/shipments', {
    scope: 'shipments_write',
    allow: [releasePolicy.shipSomewhere, creditPolicy.recordSomewhere],
    body: shipmentBody as never,
    many: most,
    answers: { 201: shipmentAnswer, 200: shipmentAnswer, 409: heldAnswer },
    conflicts,
    handle: async ({ caller, input, language, now }) => {
      const { booking, customer, release } = await takeShipment(caller, input, now)
      if (booking.held) return { status: 409, body: heldOf(language, booking.held, seesCredit(caller, booking.held)) }
      return { status: made(booking.again), body: shipmentOf(booking.document, customer, release) }
    },
  }),
  api<undefined, ReceiptBody>('POST /api/v1/receipts', {
    scope: 'receipts_write',
    allow: [creditPolicy.recordSomewhere],
    body: receiptBody as never,
    many: most,
    answers: { 201: receiptAnswer, 200: receiptAnswer },
    conflicts,
    handle: async ({ caller, input, now }) => {
      const taken = await takeReceipt(caller, input, now)
      return { status: made(taken.again), body: receiptOf(taken) }
    },
  }),
  api<undefined, ReleaseBody>('POST /api/v1/releases', {
    scope: 'releases_write',
    allow: [permit('credit.request')],
    body: releaseBody as never,
    answers: { 201: releaseAnswer, 200: releaseAnswer },
    conflicts,
    handle: async ({ caller, input, language, now }) => {
      const { release, again } = await takeRelease(caller, input, now)
      return { status: made(again), body: releaseOf(language, release, seesCredit(caller, release)) }
    },
  }),
  api<Release>('GET /api/v1/releases/:number', {
    scope: 'credit_read',
    allow: [creditPolicy.use, releasePolicy.list],
    load: releaseFor,
    answers: { 200: releaseAnswer },
    handle: async ({ caller, record, language }) => ({
      status: 200,
      body: releaseOf(language, record, seesCredit(caller, record)),
    }),
  }),
  api<CreditCustomer>('GET /api/v1/customers/:number/credit', {
    scope: 'credit_read',
    allow: [creditPolicy.use],
    load: creditCustomer,
    answers: { 200: figureAnswer },
    handle: async ({ record, now }) => ({
      status: 200,
      body: creditOf(record, await figureFor(reads, record.id, now), now),
    }),
  }),
]

/** Tells nothing of the company: whoever is to write a program may read it first. */
export const apiDocuments: OpenDocument[] = [
  { path: '/api/v1/openapi.json', answer: (language) => openApi(apiRoutes, language) },
]

export const apiPages = [
  page('/api', {
    allow: permit('self.use'),
    view: 'api/guide',
    show: async ({ actor, now }) =>
      guidePage(actor, apiRoutes, (await regulationAt(now)).value('credit.api_minute'), now),
  }),
]
