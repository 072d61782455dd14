import type { Shipment } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { Refused } from '../lib/refused.ts'
import { knownShipment, refuseOtherwise, sameShipment } from './documents.ts'
import type { NewShipment } from './entering.ts'
import { recordHistory, releaseWhatPasses } from './paying.ts'
import { lockAccount, lockRelease, type Release } from './queries.ts'
import { shipRelease, type Shipping, type Weighed } from './releasing.ts'

/** `release`: the number it went out on; null for goods of before the first release. */
export type Booked = Omit<NewShipment, 'releaseId' | 'contractId' | 'unreleasedReason' | 'document'> & {
  document: string
  release: string | null
}

/** `held`: the check at shipping stopped it, and the hold stands written. */
export type Booking = { document: Shipment; again: boolean; held?: undefined } | { held: Weighed; document?: undefined }

/**
 * CRD-13, CRD-18: a shipment as another system tells it, by spreadsheet or API: against its release it is the warehouse's
 * confirmation with all its checks, else history. Told again, it is the same shipment. The right was checked; takes the
 * account itself.
 */
export async function bookShipment(tx: Tx, audit: Audit, actor: Actor, given: Booked, now: Date): Promise<Booking> {
  const { release: number, ...goods } = given
  if (number === null) return recordHistory(tx, audit, actor, goods, now)
  await lockAccount(tx, given.customerId)
  const known = await knownShipment(tx, given.document)
  if (known) return { document: await sameGoods(tx, sameShipment(known, given), number), again: true }
  const found = await tx.release.findUnique({
    where: { number: number.toUpperCase() },
    select: { id: true, customerId: true },
  })
  if (found?.customerId !== given.customerId)
    throw new Refused([
      { rule: 'CRD-13', reason: 'credit:refused.noSuchRelease', field: 'release', params: { number } },
    ])
  const { release, shipmentId } = await sendOff(tx, audit, actor, await lockRelease(tx, found.id), goods, now)
  if (shipmentId === null) return { held: release }
  return { document: await tx.shipment.findUniqueOrThrow({ where: { id: shipmentId } }), again: false }
}

/**
 * CRD-13, CRD-09: the goods of a release leave, on whichever path. What was not sent of it, and what was paid for it and
 * is left, makes room for others that wait. The release is held (lockRelease).
 */
export async function sendOff(tx: Tx, audit: Audit, actor: Actor, release: Release, goods: Shipping, now: Date) {
  const sent = await shipRelease(tx, audit, actor, release, goods, now)
  if (sent.shipmentId !== null) await releaseWhatPasses(tx, audit, actor, release.customerId, now, 'recheck')
  return sent
}

/** CRD-13, CRD-18: told again for another release, those other goods would leave and stand nowhere. */
async function sameGoods(tx: Tx, known: Shipment, number: string): Promise<Shipment> {
  const where = { id: known.releaseId ?? 0n, number: number.toUpperCase() }
  return (await tx.release.count({ where })) > 0 ? known : refuseOtherwise(known.document)
}
