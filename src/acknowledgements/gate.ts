import { signedIn, type Actor } from '../access/actor.ts'
import type { Act } from '../access/table.ts'
import { acknowledgedUntil } from './queries.ts'

/** ARC-19: the acts that nobody does before having acknowledged the three prohibitions; /acknowledgement leads on from there. */
const gatedParts = ['archive', 'viewings', 'loans', 'copies', 'movements', 'disclosures', 'transfers', 'certificates']

export const isGated = (act: Act): boolean => gatedParts.includes(act.split('.')[0]!)

/** Where this person goes first; null where the way is open. */
export async function gateBefore(actor: Actor, act: Act, next: string, now: Date): Promise<string | null> {
  if (!isGated(act) || !signedIn(actor) || (await hasAcknowledged(actor.id, now))) return null
  return `/acknowledgement?next=${encodeURIComponent(next)}`
}

// Until when each was last found to have: acknowledgements are never taken back, so what is good stays so to its end.
const known = new Map<bigint, number>()
const mostKnown = 10_000

export async function hasAcknowledged(staffId: bigint, now: Date): Promise<boolean> {
  if ((known.get(staffId) ?? 0) > now.getTime()) return true
  const until = await acknowledgedUntil(staffId)
  if (!until || until <= now) return false
  if (known.size >= mostKnown) known.clear()
  known.set(staffId, until.getTime())
  return true
}

/** For tests, which go from one database to another. */
export function forgetAcknowledgements(): void {
  known.clear()
}
