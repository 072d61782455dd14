import type { LedgerSource, ReceiptWay } from '../../prisma/client/enums.ts'
import type { Receipt, Shipment } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import { takeSerials } from '../customers/numbers.ts'
import type { Tx } from '../db.ts'
import { dateText, yearOf } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import { businessNumber } from '../lib/numbers.ts'
import { Refused, refuseIf } from '../lib/refused.ts'
import { allocateOldest, allocateReserved } from './allocating.ts'
import { isClosed, openedOn } from './days.ts'
import { knownReceipt, knownShipment, ownDocument, sameReceipt, sameShipment } from './documents.ts'
import { dayProblems, unreleasedProblems } from './ledger-rules.ts'
import { contractsOn, trailOf } from './queries.ts'

/** On which path a document came in. */
export type Origin = { source: LedgerSource; importId?: bigint | null; tokenId?: bigint | null }

/** `amount` in yuan, above zero; days as 2026-11-23. */
export type NewShipment = Origin & {
  customerId: bigint
  amount: string
  shippedOn: string
  document: string | null
  goods: string | null
  invoice: string | null
  /** The release it is confirmed against; only releasing.ts gives one. */
  releaseId?: bigint
  /** Under which it was asked for; where that holds no more, they leave under the latest that does. */
  contractId?: bigint | null
  /** CRD-13: it went out without a release, and why; a breach that is written down. */
  unreleasedReason?: string
}

export type NewReceipt = Origin & {
  customerId: bigint
  amount: string
  receivedOn: string
  document: string | null
  way: ReceiptWay
  payer: string | null
  /** CRD-09: for this held release alone. */
  releaseId?: bigint | null
  byHand?: boolean
}

export type Entered<D> = { document: D; again: boolean }

/**
 * CRD-02, CRD-13, CRD-18, CRD-20: writes goods invoiced and shipped into the ledger; the only way there. Without a release
 * it takes only what was shipped before the company's first release, or a breach with its reason. The same document twice
 * is the same document; with other content it is refused. The account is held (lockAccount), the right was checked.
 */
export async function enterShipment(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  given: NewShipment,
  now: Date,
): Promise<Entered<Shipment>> {
  const known = await knownShipment(tx, given.document)
  if (known) return { document: sameShipment(known, given), again: true }
  const today = dateText(now)
  refuseIf(dayProblems({ on: given.shippedOn, today, closed: await isClosed(tx, given.shippedOn), field: 'shippedOn' }))
  if (!given.releaseId && !given.unreleasedReason)
    refuseIf(unreleasedProblems(given.shippedOn, await openedOn(tx), 'shippedOn'))
  const contracts = await contractsOn(tx, given.customerId, dayOf(given.shippedOn))
  const contract = contracts.find(({ id }) => id === given.contractId) ?? contracts[0]
  const number = businessNumber('XS', yearOf(now), await takeSerials(tx, 'shipment', yearOf(now), 1))
  const { unreleasedReason, document, shippedOn, ...rest } = given
  const made = await tx.shipment.create({
    data: {
      ...rest,
      number,
      document: document ?? (await ownDocument(tx, 'shipment', number)),
      shippedOn: dayOf(shippedOn),
      contractId: contract?.id ?? null,
      termDays: contract?.termDays ?? null,
      late: shippedOn < today,
      unreleased: unreleasedReason !== undefined,
      reason: unreleasedReason ?? null,
      recordedAt: now,
      recordedById: actor.id,
    },
  })
  if (given.releaseId) await allocateReserved(tx, { releaseId: given.releaseId, shipmentId: made.id }, actor.id, now)
  await allocateOldest(tx, given.customerId, actor.id, now)
  await audit(unreleasedReason ? 'shipment.unreleased' : 'shipment.entered', trailOf(given), {
    after: { shipment: number, document: made.document, amount: given.amount, on: shippedOn, source: given.source },
    ...(unreleasedReason ? { why: unreleasedReason } : {}),
  })
  return { document: made, again: false }
}

/**
 * CRD-16, CRD-18, CRD-20: writes money received into the ledger and lets it pay the oldest goods, unless it is for one
 * release, or to be allocated by hand. The only way there; held releases are looked at again by paying.ts.
 */
export async function enterReceipt(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  given: NewReceipt,
  now: Date,
): Promise<Entered<Receipt>> {
  const known = await knownReceipt(tx, given.document)
  if (known) return { document: sameReceipt(known, given), again: true }
  const today = dateText(now)
  const closed = await isClosed(tx, given.receivedOn)
  refuseIf(dayProblems({ on: given.receivedOn, today, closed, field: 'receivedOn' }))
  if (given.releaseId) await refuseUnlessHeld(tx, given.releaseId, given.customerId)
  const number = businessNumber('HK', yearOf(now), await takeSerials(tx, 'receipt', yearOf(now), 1))
  const { document, receivedOn, ...rest } = given
  const made = await tx.receipt.create({
    data: {
      ...rest,
      number,
      document: document ?? (await ownDocument(tx, 'receipt', number)),
      receivedOn: dayOf(receivedOn),
      late: receivedOn < today,
      recordedAt: now,
      recordedById: actor.id,
    },
  })
  await allocateOldest(tx, given.customerId, actor.id, now)
  await audit('receipt.entered', trailOf(given), {
    after: { receipt: number, document: made.document, amount: given.amount, on: receivedOn, source: given.source },
  })
  return { document: made, again: false }
}

async function refuseUnlessHeld(tx: Tx, releaseId: bigint, customerId: bigint): Promise<void> {
  const held = await tx.release.count({ where: { id: releaseId, customerId, state: 'held' } })
  if (held === 0) throw new Refused([{ rule: 'CRD-09', reason: 'credit:refused.notHeld', field: 'release' }])
}
