import type { ImportOutcome } from '../../prisma/client/enums.ts'
import type { Finding } from '../customers/intake/cells.ts'

/** What became of a row: a customer, or a document of a customer by its number; and why, where not everything was plain. */
export type Outcome = {
  line: number
  outcome: Exclude<ImportOutcome, 'withdrawn'>
  findings: Finding[]
  customerId: bigint | string | null
  document: string | null
}
