import type { Tx } from '../db.ts'
import { askFor } from '../jobs/queue.ts'

/** There is something to do for this import, once this transaction stands. */
export const askToRun = (tx: Tx, number: string) => askFor(tx, 'imports.run', { subject: number }, { key: number })
