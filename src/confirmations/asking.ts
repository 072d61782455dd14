import type { Actor } from '../access/actor.ts'
import { refileMany } from '../approvals/many.ts'
import { fileMany, fileRequest, type Filed } from '../approvals/filing.ts'
import type { Filing } from '../approvals/contract.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { groupBy } from '../lib/groups.ts'

const kind = 'customer.confirmation'

type Placed = { id: bigint; version: number; departmentId: bigint | null; regionId: bigint | null }
export type Recorded = Placed & { createdById: bigint }

/** It rests on the file as it is; whoever recorded that never confirms it, whoever asks. */
const filingOf = ({ id, version, departmentId, regionId, createdById }: Recorded): Filing => ({
  subject: `customer:${id}`,
  customerId: id,
  place: { departmentId, regionId },
  basis: String(version),
  excluded: [createdById],
})

/** CUS-05: asks that a provisional customer be confirmed; again, with the request that it follows. */
export function askConfirmation(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  customer: Recorded,
  now: Date,
  follows?: bigint,
): Promise<Filed> {
  return fileRequest(tx, audit, actor, { kind, ...filingOf(customer), ...(follows ? { follows } : {}) }, now)
}

/** For one just recorded and for many, by whoever recorded each; the line that tells of the recording stands for it. */
export async function askConfirmations(tx: Tx, customers: readonly Recorded[], now: Date): Promise<Filed[]> {
  const filed: Filed[] = []
  for (const [recorder, own] of groupBy(customers, ({ createdById }) => createdById))
    filed.push(...(await fileMany(tx, kind, own.map(filingOf), recorder, now)))
  return filed
}

/**
 * Provisional customers were changed, or went to another place, where another one signs: their waiting requests ask for
 * the files as they are now. What changed them stands in the trail.
 */
export function confirmationsChanged(tx: Tx, customers: readonly Placed[]): Promise<void> {
  const rows = customers.map(({ id, version, ...place }) => ({
    subject: `customer:${id}`,
    basis: String(version),
    place,
  }))
  return refileMany(tx, kind, rows)
}
