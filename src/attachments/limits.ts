import { faultOf } from '../files/fault.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { now } from '../lib/clock.ts'
import type { Room } from './rules.ts'

const mega = 1024 * 1024

export async function largestMegabytes(moment: Date): Promise<number> {
  return (await regulationAt(moment)).value('files.max_megabytes')
}

export async function roomOf(moment: Date): Promise<Room> {
  const regulation = await regulationAt(moment)
  return { most: regulation.value('files.per_customer'), bytes: regulation.value('files.customer_megabytes') * mega }
}

/** The file field of the forms: what is larger is refused while it comes. */
export const fileField = {
  field: 'file',
  maxBytes: async () => (await largestMegabytes(now())) * mega,
  tooLarge: (bytes: number) => faultOf('tooLarge', { max: bytes / mega }),
}
