import type { Shipment } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { Refused } from '../lib/refused.ts'
import { knownShipment } from './documents.ts'
import { sameShipment, type NewShipment } from './entering.ts'
import { recordHistory } from './paying.ts'
import { lockAccount, lockRelease } from './queries.ts'
import { shipRelease, type Weighed } from './releasing.ts'

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
  if (known) return { document: sameShipment(known, given), again: true }
  const found = await tx.release.findUnique({
    where: { number: number.toUpperCase() },
    select: { id: true, customerId: true },
  })
  if (found?.customerId !== given.customerId)
    throw new Refused([
      { rule: 'CRD-13', reason: 'credit:refused.noSuchRelease', field: 'release', params: { number } },
    ])
  const { release, shipmentId } = await shipRelease(tx, audit, actor, await lockRelease(tx, found.id), goods, now)
  if (shipmentId === null) return { held: release }
  return { document: await tx.shipment.findUniqueOrThrow({ where: { id: shipmentId } }), again: false }
}
