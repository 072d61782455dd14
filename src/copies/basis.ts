import type { Tx } from '../db.ts'

/** What a permit rests on: which items, of which level and state, and how many copies. Null where there is none. */
export async function basisOf(tx: Tx, permitId: bigint): Promise<string | null> {
  const lines = await tx.copyPermitItem.findMany({
    where: { permitId },
    orderBy: { itemId: 'asc' },
    select: { copies: true, item: { select: { number: true, secrecy: true, state: true, important: true } } },
  })
  if (lines.length === 0) return null
  return lines
    .map(({ copies, item }) => [item.number, item.secrecy, item.state, item.important, copies].join(' '))
    .join('; ')
}
