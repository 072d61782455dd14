import type { Tx } from '../db.ts'

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
