import type { CheckStep } from '../../prisma/client/enums.ts'
import type { Receipt, Shipment } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { enterReceipt, enterShipment, type Entered, type NewReceipt, type NewShipment } from './entering.ts'
import { meetRepayments } from './liabilities/repaying.ts'
import { lockAccount, releaseNow } from './queries.ts'
import type { Weighed } from './releasing.ts'
import { tellReleased } from './telling.ts'
import { checkRelease } from './weighing.ts'

export type PaidIn = Entered<Receipt> & { released: Weighed[] }

/**
 * CRD-16, CRD-09, CRD-18: money received, on whichever path: into the ledger, onto the oldest goods, and what it carries
 * of the held releases goes out; whoever waits for it is told. Told again, it is the same receipt and changes nothing.
 * The right was checked; takes the account itself.
 */
export async function payIn(tx: Tx, audit: Audit, actor: Actor, given: NewReceipt, now: Date): Promise<PaidIn> {
  await lockAccount(tx, given.customerId)
  const entered = await enterReceipt(tx, audit, actor, given, now)
  if (entered.again) return { ...entered, released: [] }
  return { ...entered, released: await releaseWhatPasses(tx, audit, actor, given.customerId, now) }
}

/**
 * CRD-13, CRD-18: goods of before the company's first release, on whichever path: what is dated later without a release
 * is refused. The right was checked; takes the account itself.
 */
export async function recordHistory(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  given: Omit<NewShipment, 'releaseId' | 'unreleasedReason'>,
  now: Date,
): Promise<Entered<Shipment>> {
  await lockAccount(tx, given.customerId)
  return enterShipment(tx, audit, actor, given, now)
}

/**
 * CRD-09, CRD-08: after room was made: what now passes of the held releases goes out, and whoever waits is told; what was
 * due of final overrides and is paid now is met. The account is held.
 */
export async function releaseWhatPasses(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  customerId: bigint,
  now: Date,
  step: CheckStep = 'payment',
): Promise<Weighed[]> {
  const released = await recheckHeld(tx, audit, actor, customerId, now, step)
  await tellReleased(tx, actor, released, now)
  await meetRepayments(tx, customerId, now)
  return released
}

/** CRD-09: looks at a customer's held releases again, the oldest request first, after money came in or room was made. */
export async function recheckHeld(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  customerId: bigint,
  now: Date,
  step: CheckStep = 'payment',
): Promise<Weighed[]> {
  const held = await tx.release.findMany({
    where: { customerId, state: 'held' },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  const released: Weighed[] = []
  for (const { id } of held) {
    const checked = await checkRelease(tx, audit, actor, await releaseNow(tx, id), step, now)
    if (checked.check.passed) released.push(checked)
  }
  return released
}
