import type { CustomerImport } from '../../prisma/client/client.ts'

type Counted = Pick<CustomerImport, 'total' | 'imported' | 'warned' | 'duplicates' | 'rejected' | 'withdrawn'>

/** Where the rows of an import went; every one of them counts once. */
export function countsOf({ total, imported, warned, duplicates, rejected, withdrawn }: Counted) {
  const waiting = total - imported - warned - duplicates - rejected - withdrawn
  return { imported, warned, duplicates, rejected, withdrawn, waiting }
}
