import type { Receipt, Shipment } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver, type Permit, type Placed } from '../access/policy.ts'
import { bookShipment, type Booking } from '../credit/booking.ts'
import { once } from '../credit/once.ts'
import { payIn } from '../credit/paying.ts'
import { creditPolicy, releasePolicy } from '../credit/policy.ts'
import {
  creditCustomer,
  lockAccount,
  lockRelease,
  releaseFor,
  type CreditCustomer,
  type Release,
} from '../credit/queries.ts'
import { requestRelease } from '../credit/releasing.ts'
import { closedProblems } from '../credit/releases/rules.ts'
import { db } from '../db.ts'
import { Forbidden, refuseIf } from '../lib/refused.ts'
import type { Caller } from '../web/api.ts'
import type { ReceiptBody, ReleaseBody, ShipmentBody } from './forms.ts'
import { releaseCustomerProblems } from './rules.ts'

/** First whether it is this person's to do at all: else the answer would tell what is there. */
function allow(actor: Actor, { act }: Permit<never>): void {
  if (!mayEver(actor, act)) throw new Forbidden(act)
}

function allowAt<R extends Placed>(actor: Actor, permit: Permit<R>, record: R): R {
  if (!permit(actor, record)) throw new Forbidden(permit.act)
  return record
}

type About = { id: bigint; number: string }
export type TakenShipment = { booking: Booking; customer: About; release: string | null }

/** CRD-13, CRD-18: against its release it leaves the warehouse; without one it is history. */
export async function takeShipment({ actor, tokenId }: Caller, input: ShipmentBody, now: Date): Promise<TakenShipment> {
  const about = input.release === null ? await toRecord(actor, input.customer!) : await toShip(actor, input)
  const { customer, release } = about
  const { document, amount, shippedOn, goods, invoice } = input
  const given = {
    document,
    amount,
    shippedOn,
    goods,
    invoice,
    customerId: customer.id,
    source: 'api' as const,
    tokenId,
  }
  const booking = await once(actor, async (tx, audit): Promise<Booking & { again?: boolean }> => {
    const account = await lockAccount(tx, customer.id)
    if (release) allowAt(actor, releasePolicy.ship, await lockRelease(tx, release.id))
    else allowAt(actor, creditPolicy.record, account)
    return bookShipment(tx, audit, actor, { ...given, release: release?.number ?? null }, now)
  })
  if (booking.held) return { booking, customer, release: booking.held.number }
  const { release: on, ...booked } = await asItStands(booking.document)
  return { booking: { ...booking, document: booked }, customer, release: on?.number ?? null }
}

/** With what was allocated to it meanwhile, and the release it went out on. */
const asItStands = ({ id }: Shipment) =>
  db.shipment.findUniqueOrThrow({ where: { id }, include: { release: { select: { number: true } } } })

type Aim = { customer: About; release: Release | null }

async function toRecord(actor: Actor, number: string): Promise<Aim> {
  allow(actor, creditPolicy.record)
  const customer = await creditCustomer(actor, number)
  return { customer: allowAt(actor, creditPolicy.record, customer), release: null }
}

async function toShip(actor: Actor, { release: number, customer }: ShipmentBody): Promise<Aim> {
  allow(actor, releasePolicy.ship)
  const release = allowAt(actor, releasePolicy.ship, await releaseFor(actor, number!))
  refuseIf(releaseCustomerProblems(release, customer))
  return { customer: release.customer, release }
}

export type TakenReceipt = {
  document: Receipt
  again: boolean
  released: { number: string }[]
  customer: CreditCustomer
}

/** CRD-16, CRD-18: money received; for one held release alone where it is named (CRD-09). */
export async function takeReceipt({ actor, tokenId }: Caller, input: ReceiptBody, now: Date): Promise<TakenReceipt> {
  allow(actor, creditPolicy.record)
  const customer = allowAt(actor, creditPolicy.record, await creditCustomer(actor, input.customer))
  const { release: number, customer: _, ...money } = input
  const release = number === null ? null : await releaseFor(actor, number)
  const given = { ...money, customerId: customer.id, releaseId: release?.id ?? null, source: 'api' as const, tokenId }
  const paid = await once(actor, async (tx, audit) => {
    allowAt(actor, creditPolicy.record, await lockAccount(tx, customer.id))
    return payIn(tx, audit, actor, given, now)
  })
  return { ...paid, customer, document: await db.receipt.findUniqueOrThrow({ where: { id: paid.document.id } }) }
}

/** CRD-06: asks for goods to go out, under the order's number elsewhere. */
export async function takeRelease({ actor }: Caller, input: ReleaseBody, now: Date) {
  allow(actor, creditPolicy.request)
  const { id } = allowAt(actor, creditPolicy.request, await creditCustomer(actor, input.customer))
  const { customer: _, ...asked } = input
  return once(actor, async (tx, audit) => {
    const { life, withdrawnAt } = allowAt(actor, creditPolicy.request, await lockAccount(tx, id))
    const known = (await tx.release.count({ where: { document: input.document, customerId: id } })) > 0
    if (!known) refuseIf(closedProblems(life === 'void' || life === 'lost' || withdrawnAt !== null))
    return requestRelease(tx, audit, actor, { ...asked, customerId: id }, now)
  })
}
