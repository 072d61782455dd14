import { takeSerials } from '../customers/numbers.ts'
import type { Tx } from '../db.ts'
import { yearOf } from '../lib/dates.ts'
import { businessNumber } from '../lib/numbers.ts'

type Listed = {
  certificate: boolean
  certKind: string | null
  certNumber: string | null
  certOwner: string | null
  copies: number
}

/** ARC-23: what three people have compared by name, number and quantity stands in the ledger from now on. */
export async function enterCertificates(
  tx: Tx,
  pairs: readonly (readonly [Listed, { id: bigint }])[],
  now: Date,
): Promise<number> {
  const found = pairs.filter(([{ certificate }]) => certificate)
  if (found.length === 0) return 0
  const year = yearOf(now)
  const first = await takeSerials(tx, 'certificate', year, found.length)
  const data = found.map(([{ certKind, certNumber, certOwner, copies }, { id }], at) => ({
    number: businessNumber('QZ', year, first + at),
    itemId: id,
    kind: certKind ?? '',
    certNumber: certNumber ?? '',
    owner: certOwner ?? '',
    quantity: copies,
    receivedAt: now,
  }))
  await tx.certificate.createMany({ data })
  return found.length
}
