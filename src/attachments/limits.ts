import { db } from '../db.ts'
import { faultOf } from '../files/fault.ts'
import { scans } from '../files/scanner.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { now } from '../lib/clock.ts'
import type { Of } from './host.ts'
import { usedBy } from './queries.ts'
import type { Room } from './rules.ts'

const mega = 1024 * 1024

export async function largestMegabytes(moment: Date): Promise<number> {
  return (await regulationAt(moment)).value('files.max_megabytes')
}

export async function roomOf(moment: Date): Promise<Room> {
  const regulation = await regulationAt(moment)
  return { most: regulation.value('files.per_customer'), bytes: regulation.value('files.customer_megabytes') * mega }
}

/** What must be known before a file is sent to a record. */
export const limitsOf = async (host: Of, at: Date) => ({
  largest: await largestMegabytes(at),
  room: await roomOf(at),
  used: await usedBy(db, host),
  scanned: scans(),
})

/** The file field of the forms: what is larger is refused while it comes. */
export const fileField = {
  field: 'file',
  maxBytes: async () => (await largestMegabytes(now())) * mega,
  tooLarge: (bytes: number) => faultOf('tooLarge', { max: bytes / mega }),
}
