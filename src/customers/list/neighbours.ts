import type { Actor } from '../../access/actor.ts'
import { listAddress, readSearch, searchOf } from './address.ts'
import { neighboursOf } from './queries.ts'

export type Neighbours = { back: string; previous: Neighbour | null; next: Neighbour | null }
type Neighbour = { href: string; name: string }

/**
 * The customers before and after this one in the list from which it was opened (`?in=` and the list's own address).
 * Null where it was opened from elsewhere.
 */
export async function neighboursIn(
  actor: Actor,
  search: string | undefined,
  customer: { number: string },
): Promise<Neighbours | null> {
  const query = search === undefined ? null : readSearch(search)
  if (!query) return null
  const { previous, next } = await neighboursOf(actor, query, customer.number)
  const inList = `?in=${encodeURIComponent(searchOf(query))}`
  const at = (one: { number: string; name: string } | null) =>
    one && { href: `/customers/${one.number}${inList}`, name: one.name }
  return { back: listAddress(query), previous: at(previous), next: at(next) }
}
