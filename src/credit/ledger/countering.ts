import type { Receipt, Shipment } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { Refused } from '../../lib/refused.ts'
import { counterReceipt, counterShipment, type Counter } from '../counter-entries.ts'
import { releaseWhatPasses } from '../paying.ts'
import { lockAccount } from '../queries.ts'
import { mayRecord } from './commands.ts'
import type { CounterForm } from './forms.ts'
import { stampOf } from './queries.ts'

export type Countered = { number: string; released: string[] }

/** CRD-16: goods taken back, in whole or in part. What that frees of the credit lets out what waited for it. */
export function takeBackShipment(actor: Actor, { id }: { id: bigint }, input: CounterForm, now: Date) {
  return change(actor, async (tx, audit): Promise<Countered> => {
    const { customerId } = await tx.shipment.findUniqueOrThrow({ where: { id }, select: { customerId: true } })
    mayRecord(actor, await lockAccount(tx, customerId))
    const of = await tx.shipment.findUniqueOrThrow({ where: { id } })
    refuseIfMoved(of, input.seen)
    const { number } = await counterShipment(tx, audit, actor, of, counterIn(input), now)
    const released = await releaseWhatPasses(tx, audit, actor, customerId, now, 'recheck')
    return { number, released: released.map((one) => one.number) }
  })
}

/** CRD-16: money taken back: a bounced draft, a wrong entry. */
export function takeBackReceipt(actor: Actor, { id }: { id: bigint }, input: CounterForm, now: Date) {
  return change(actor, async (tx, audit): Promise<Countered> => {
    const { customerId } = await tx.receipt.findUniqueOrThrow({ where: { id }, select: { customerId: true } })
    mayRecord(actor, await lockAccount(tx, customerId))
    const of = await tx.receipt.findUniqueOrThrow({ where: { id } })
    refuseIfMoved(of, input.seen)
    const { number } = await counterReceipt(tx, audit, actor, of, counterIn(input), now)
    const released = await releaseWhatPasses(tx, audit, actor, customerId, now, 'recheck')
    return { number, released: released.map((one) => one.number) }
  })
}

const counterIn = ({ amount, on, reason, document }: CounterForm): Counter => ({
  amount,
  on,
  reason,
  document,
  source: 'form',
})

/** The form was opened on another state of it: somebody countered, or paid, meanwhile. */
export function refuseIfMoved(of: Pick<Shipment | Receipt, 'net' | 'open'>, seen: string): void {
  if (seen !== stampOf(of)) throw new Refused([{ rule: 'CRD-16', reason: 'ledger:refused.changedMeanwhile' }])
}
