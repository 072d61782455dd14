import type { Receipt, Shipment } from '../../prisma/client/client.ts'
import type { Tx } from '../db.ts'
import { dayText } from '../lib/days.ts'
import { Refused } from '../lib/refused.ts'

type Kind = 'shipment' | 'receipt' | 'release'

/** CRD-18: the document known under this number; nobody else enters it, for whichever customer, until this is done. */
export async function knownShipment(tx: Tx, document: string | null) {
  if (document === null) return null
  await lockDocument(tx, 'shipment', document)
  return tx.shipment.findUnique({ where: { document } })
}

export async function knownReceipt(tx: Tx, document: string | null) {
  if (document === null) return null
  await lockDocument(tx, 'receipt', document)
  return tx.receipt.findUnique({ where: { document } })
}

export async function knownRelease(tx: Tx, document: string | null) {
  if (document === null) return null
  await lockDocument(tx, 'release', document)
  return tx.release.findUnique({ where: { document }, select: { id: true } })
}

/** What a document is called that came without a number: as ours, unless a document from elsewhere is called so. */
export async function ownDocument(tx: Tx, kind: 'shipment' | 'receipt', number: string): Promise<string> {
  await lockDocument(tx, kind, number)
  const taken =
    kind === 'shipment'
      ? await tx.shipment.count({ where: { document: number } })
      : await tx.receipt.count({ where: { document: number } })
  return taken === 0 ? number : `${number}-${kind === 'shipment' ? 'S' : 'R'}`
}

async function lockDocument(tx: Tx, kind: Kind, document: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${kind} ${document}`}, 0))`
}

type Given = { customerId: bigint; amount: string }

/** CRD-18: told again, it is the same shipment; told otherwise, it is not. */
export const sameShipment = (known: Shipment, given: Given & { shippedOn: string }): Shipment =>
  sameOrRefuse(known, given, dayText(known.shippedOn) === given.shippedOn)

export const sameReceipt = (known: Receipt, given: Given & { receivedOn: string }): Receipt =>
  sameOrRefuse(known, given, dayText(known.receivedOn) === given.receivedOn)

function sameOrRefuse<D extends Shipment | Receipt>(known: D, given: Given, sameDay: boolean): D {
  if (sameDay && known.customerId === given.customerId && known.amount.toFixed(2) === given.amount) return known
  return refuseOtherwise(known.document)
}

/** CRD-16: a counter-entry is a document of its own. */
export async function refuseKnown(tx: Tx, kind: 'shipment' | 'receipt', document: string | null): Promise<void> {
  const known = kind === 'shipment' ? await knownShipment(tx, document) : await knownReceipt(tx, document)
  if (known) refuseOtherwise(known.document)
}

/** CRD-18: the number stands for something else. */
export function refuseOtherwise(document: string): never {
  throw new Refused([
    { rule: 'CRD-18', reason: 'credit:refused.documentOtherwise', field: 'document', params: { document } },
  ])
}
