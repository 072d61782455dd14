import type { Receipt, Shipment } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { holdersAt } from '../../approvals/holders.ts'
import type { Tx } from '../../db.ts'
import { moneyText } from '../../lib/money.ts'
import { Refused, refuseIf } from '../../lib/refused.ts'
import { notify } from '../../notices/commands.ts'
import { openedOn } from '../days.ts'
import { enterShipment, type Entered } from '../entering.ts'
import { once } from '../once.ts'
import { payIn, recordHistory } from '../paying.ts'
import { lockAccount, trailOf, type CreditCustomer } from '../queries.ts'
import { creditPolicy } from '../policy.ts'
import { customerCalled } from './choosing.ts'
import type { BreachForm, HistoryForm, ReceiptForm } from './forms.ts'
import { breachProblems } from './rules.ts'

/** `again`: it was known already, and is not recorded twice (CRD-18). */
export type Recorded = { number: string; again: boolean; released: string[] }

/** CRD-13: goods of before the company's first release. */
export async function recordShipment(actor: Actor, input: HistoryForm, now: Date): Promise<Recorded> {
  const { customer, ...goods } = input
  const { id } = await customerCalled(actor, 'ledger.record', customer, 'CRD-13')
  const done = await once(actor, async (tx, audit) => {
    mayRecord(actor, await lockAccount(tx, id))
    return recordHistory(tx, audit, actor, { ...goods, customerId: id, source: 'form' }, now)
  })
  return recorded(done)
}

/** CRD-13: goods that left without a release: recorded with the reason, marked, and told to those who answer for it. */
export async function recordBreach(actor: Actor, input: BreachForm, now: Date): Promise<Recorded> {
  const { customer, reason, ...goods } = input
  const { id } = await customerCalled(actor, 'ledger.record', customer, 'CRD-13')
  const done = await once(actor, async (tx, audit) => {
    const account = mayRecord(actor, await lockAccount(tx, id))
    refuseIf(breachProblems(goods.shippedOn, await openedOn(tx)))
    const given = { ...goods, customerId: id, source: 'form' as const, unreleasedReason: reason }
    const entered = await enterShipment(tx, audit, actor, given, now)
    if (!entered.again) await tellBreach(tx, actor, account, entered.document, now)
    return entered
  })
  return recorded(done)
}

const told = ['sales_director', 'general_manager'] as const

async function tellBreach(tx: Tx, actor: Actor, customer: CreditCustomer, shipment: Shipment, now: Date) {
  const { number, amount } = shipment
  const notice = {
    kind: 'shipment.unreleased' as const,
    subject: trailOf(shipment),
    href: `/shipments/${number}`,
    rule: 'CRD-13',
    params: { by: actor.name, number, amount: moneyText(amount.toFixed(2)) },
  }
  const heads = await holdersAt(tx, told, customer)
  await notify(
    tx,
    heads.map((to) => ({ ...notice, to, urgent: true })),
    now,
  )
}

/** CRD-16, CRD-09: money received by hand. */
export async function recordReceipt(actor: Actor, input: ReceiptForm, now: Date): Promise<Recorded> {
  const { customer, release, ...money } = input
  const { id } = await customerCalled(actor, 'ledger.record', customer, 'CRD-16')
  const done = await once(actor, async (tx, audit) => {
    mayRecord(actor, await lockAccount(tx, id))
    const releaseId = release === null ? null : await releaseCalled(tx, id, release)
    return payIn(tx, audit, actor, { ...money, customerId: id, releaseId, source: 'form' }, now)
  })
  return recorded(done)
}

/** CRD-09: a held release of this customer, by its number. */
export async function releaseCalled(tx: Pick<Tx, 'release'>, customerId: bigint, number: string): Promise<bigint> {
  const where = { number: number.toUpperCase(), customerId, state: 'held' as const }
  const found = await tx.release.findFirst({ where, select: { id: true } })
  if (!found) throw new Refused([{ rule: 'CRD-09', reason: 'credit:refused.notHeld', field: 'release' }])
  return found.id
}

export function mayRecord(actor: Actor, customer: CreditCustomer): CreditCustomer {
  if (creditPolicy.record(actor, customer)) return customer
  throw new Refused([{ rule: 'PPL-01', reason: 'ledger:refused.notYours', field: 'customer' }])
}

type Done = Entered<Shipment | Receipt> & { released?: readonly { number: string }[] }
const recorded = ({ document, again, released = [] }: Done): Recorded => ({
  number: document.number,
  again,
  released: released.map(({ number }) => number),
})
