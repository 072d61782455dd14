import type { Tx } from '../db.ts'
import { dateText } from '../lib/dates.ts'
import { contacted, recounted } from '../visits/contacted.ts'

type Counted = { customerId: bigint; at: Date; formal: boolean; byManager: boolean }

/** REL-01: a formal contact counts for coverage. */
export async function countContact(tx: Tx, { customerId, at, formal, byManager }: Counted): Promise<void> {
  if (formal) await contacted(tx, [customerId], dateText(at), byManager)
}

/**
 * REL-01: a record that was corrected to another day, or is formal no more, may have been the last contact: then it is
 * read anew from what remains. Another last contact stays as it is.
 */
export async function recountContact(tx: Tx, before: Counted): Promise<void> {
  if (before.formal) await recounted(tx, [before.customerId], dateText(before.at))
}
