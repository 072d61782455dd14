import { Prisma } from '../../prisma/client/client.ts'
import { ask } from '../db.ts'
import { noteBeyond, wasBeyond } from '../lib/beyond.ts'
import type { Actor } from './actor.ts'
import { scopeKey } from './scope-key.ts'

/** Counting stops here: an exact count of a million rows would cost more than the page. */
export const countedTo = 1000

/**
 * How many each of several lists holds for this person, to a thousand and one, in one statement: lists by their addresses,
 * each with what selects its rows so far. What was beyond a thousand a moment ago is not counted again.
 */
export async function countsByAddress(
  actor: Actor,
  lists: ReadonlyMap<string, Prisma.Sql>,
  now: Date,
): Promise<(address: string) => number> {
  const keyOf = (address: string) => `${scopeKey(actor)} ${address}`
  const asked = [...lists].filter(([address]) => !wasBeyond(keyOf(address), now))
  const counts = asked.map(([, rows]) => Prisma.sql`(select count(*)::int from (${rows}) as counted)`)
  const [row] = counts.length > 0 ? await ask<{ n: number[] }>`select array[${Prisma.join(counts)}] as n` : []
  const found = new Map(asked.map(([address], at) => [address, row!.n[at]!]))
  for (const [address, n] of found) if (n > countedTo) noteBeyond(keyOf(address), now)
  return (address) => found.get(address) ?? countedTo + 1
}
