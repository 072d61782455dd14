import type { Receipt, Shipment } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import { takeSerials } from '../customers/numbers.ts'
import type { Tx } from '../db.ts'
import { dateText, yearOf } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import { fenOf, moneyText, yuanText } from '../lib/money.ts'
import { businessNumber } from '../lib/numbers.ts'
import { Refused, refuseIf } from '../lib/refused.ts'
import { allocateOldest, freeDocument } from './allocating.ts'
import { isClosed } from './days.ts'
import { ownDocument, refuseKnown } from './documents.ts'
import type { Origin } from './entering.ts'
import { dayProblems } from './ledger-rules.ts'
import { trailOf } from './queries.ts'

export type Counter = Origin & { amount: string; on: string; reason: string; document: string | null }

/**
 * CRD-16: takes back goods that were entered, in whole or in part (`amount` in yuan, above zero): what was paid of them is
 * free again and pays the oldest of the rest. The account is held.
 */
export async function counterShipment(tx: Tx, audit: Audit, actor: Actor, of: Shipment, counter: Counter, now: Date) {
  const data = await counterData(tx, actor, of, counter, now, 'XS')
  await freeDocument(tx, { shipmentId: of.id }, actor.id, now)
  const made = await tx.shipment.create({ data: { ...data, shippedOn: dayOf(counter.on) } })
  await allocateOldest(tx, of.customerId, actor.id, now)
  await audit('shipment.countered', trailOf(of), {
    after: { shipment: of.number, counter: made.number, amount: counter.amount, on: counter.on },
    why: counter.reason,
  })
  return made
}

/** CRD-16: the same of money received: a bounced draft, a wrong entry. */
export async function counterReceipt(tx: Tx, audit: Audit, actor: Actor, of: Receipt, counter: Counter, now: Date) {
  const data = await counterData(tx, actor, of, counter, now, 'HK')
  await freeDocument(tx, { receiptId: of.id }, actor.id, now)
  const made = await tx.receipt.create({
    data: { ...data, way: of.way, payer: of.payer, receivedOn: dayOf(counter.on) },
  })
  await allocateOldest(tx, of.customerId, actor.id, now)
  await audit('receipt.countered', trailOf(of), {
    after: { receipt: of.number, counter: made.number, amount: counter.amount, on: counter.on },
    why: counter.reason,
  })
  return made
}

async function counterData(
  tx: Tx,
  actor: Actor,
  of: Shipment | Receipt,
  { amount, on, reason, document, source, importId, tokenId }: Counter,
  now: Date,
  prefix: 'XS' | 'HK',
) {
  const today = dateText(now)
  const left = fenOf(of.net.toFixed(2))
  if (of.counterOfId !== null) throw new Refused([{ rule: 'CRD-16', reason: 'credit:refused.counterOfCounter' }])
  if (fenOf(amount) > left)
    throw new Refused([
      {
        rule: 'CRD-16',
        reason: 'credit:refused.counterMore',
        field: 'amount',
        params: { left: moneyText(yuanText(left)) },
      },
    ])
  refuseIf(dayProblems({ on, today, closed: await isClosed(tx, on), field: 'on' }))
  const kind = prefix === 'XS' ? 'shipment' : 'receipt'
  await refuseKnown(tx, kind, document)
  const serial = await takeSerials(tx, kind, yearOf(now), 1)
  const number = businessNumber(prefix, yearOf(now), serial)
  return {
    number,
    document: document ?? (await ownDocument(tx, kind, number)),
    customerId: of.customerId,
    counterOfId: of.id,
    amount: `-${amount}`,
    reason,
    source,
    importId: importId ?? null,
    tokenId: tokenId ?? null,
    late: on < today,
    recordedAt: now,
    recordedById: actor.id,
  }
}
