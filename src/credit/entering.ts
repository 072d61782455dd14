import type { LedgerSource, ReceiptWay } from '../../prisma/client/enums.ts'
import type { Receipt, Shipment } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import { takeSerials } from '../customers/numbers.ts'
import type { Db, Tx } from '../db.ts'
import { dateText, yearOf } from '../lib/dates.ts'
import { dayOf, dayText } from '../lib/days.ts'
import { fenOf, yuanText } from '../lib/money.ts'
import { businessNumber } from '../lib/numbers.ts'
import { Refused, refuseIf } from '../lib/refused.ts'
import { allocateOldest, allocateReserved, freeDocument } from './allocating.ts'
import { knownReceipt, knownShipment, ownDocument } from './documents.ts'
import { dayProblems, unreleasedProblems } from './ledger-rules.ts'
import { trailOf } from './queries.ts'

/** On which path a document came in. */
type Origin = { source: LedgerSource; importId?: bigint | null; tokenId?: bigint | null }

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
  const contract = await contractOn(tx, given.customerId, given.shippedOn)
  const number = businessNumber('XS', yearOf(now), await takeSerials(tx, 'shipment', yearOf(now), 1))
  const { unreleasedReason, document, shippedOn, ...rest } = given
  const made = await tx.shipment.create({
    data: {
      ...rest,
      number,
      document: document ?? (await ownDocument(tx, 'shipment', number)),
      shippedOn: dayOf(shippedOn),
      contractId: given.contractId ?? contract?.id ?? null,
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
  if (known) return { document: sameOrRefuse(known, given, dayText(known.receivedOn), given.receivedOn), again: true }
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
      { rule: 'CRD-16', reason: 'credit:refused.counterMore', field: 'amount', params: { left: yuanText(left) } },
    ])
  refuseIf(dayProblems({ on, today, closed: await isClosed(tx, on), field: 'on' }))
  const kind = prefix === 'XS' ? 'shipment' : 'receipt'
  if (document !== null) await refuseKnown(tx, kind, document)
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

/** CRD-18: told again, it is the same shipment; told otherwise, it is not. */
export const sameShipment = (
  known: Shipment,
  given: Pick<NewShipment, 'customerId' | 'amount' | 'shippedOn'>,
): Shipment => sameOrRefuse(known, given, dayText(known.shippedOn), given.shippedOn)

/** CRD-18: told again, it is the same document; told otherwise, it is not. */
function sameOrRefuse<
  D extends { customerId: bigint; amount: { toFixed: (places: number) => string }; document: string },
>(known: D, given: { customerId: bigint; amount: string }, knownOn: string, givenOn: string): D {
  const same = known.customerId === given.customerId && known.amount.toFixed(2) === given.amount && knownOn === givenOn
  if (same) return known
  const params = { document: known.document }
  throw new Refused([{ rule: 'CRD-18', reason: 'credit:refused.documentOtherwise', field: 'document', params }])
}

/** CRD-16: a counter-entry is a document of its own. */
async function refuseKnown(tx: Tx, kind: 'shipment' | 'receipt', document: string): Promise<void> {
  const known = kind === 'shipment' ? await knownShipment(tx, document) : await knownReceipt(tx, document)
  if (known)
    throw new Refused([
      { rule: 'CRD-18', reason: 'credit:refused.documentOtherwise', field: 'document', params: { document } },
    ])
}

/** CRD-20 */
export async function isClosed(tx: Pick<Tx, 'ledgerMonth'>, day: string): Promise<boolean> {
  return (await tx.ledgerMonth.count({ where: { month: dayOf(`${day.slice(0, 7)}-01`) } })) > 0
}

/** CRD-13: null before the company's first release. */
export async function openedOn(tx: Pick<Db, 'creditOpening'>): Promise<string | null> {
  const found = await tx.creditOpening.findUnique({ where: { id: 1 } })
  return found ? dayText(found.openedOn) : null
}

/** CRD-01: the contract that held on this day. */
const contractOn = (tx: Pick<Tx, 'contract'>, customerId: bigint, day: string) =>
  tx.contract.findFirst({
    where: {
      customerId,
      startsOn: { lte: dayOf(day) },
      endsOn: { gte: dayOf(day) },
      OR: [{ endedOn: null }, { endedOn: { gt: dayOf(day) } }],
    },
    orderBy: { startsOn: 'desc' },
    select: { id: true, termDays: true },
  })

async function refuseUnlessHeld(tx: Tx, releaseId: bigint, customerId: bigint): Promise<void> {
  const held = await tx.release.count({ where: { id: releaseId, customerId, state: 'held' } })
  if (held === 0) throw new Refused([{ rule: 'CRD-09', reason: 'credit:refused.notHeld', field: 'release' }])
}
