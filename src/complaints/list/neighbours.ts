import type { Actor } from '../../access/actor.ts'
import { listAddress, readSearch, searchOf } from './address.ts'
import { neighboursOf } from './queries.ts'

type Neighbour = { href: string; name: string }
export type Neighbours = { back: string; previous: Neighbour | null; next: Neighbour | null }

/** The complaints before and after this one in the list from which it was opened (`?in=`); null where it was opened from elsewhere. */
export async function neighboursIn(
  actor: Actor,
  search: string | undefined,
  complaint: { number: string },
  now: Date,
): Promise<Neighbours | null> {
  const query = search === undefined ? null : readSearch(search)
  if (!query) return null
  const { previous, next } = await neighboursOf(actor, query, complaint.number, now)
  const inList = `?in=${encodeURIComponent(searchOf(query))}`
  const at = (one: { number: string; title: string } | null) =>
    one && { href: `/complaints/${one.number}${inList}`, name: one.title }
  return { back: listAddress(query), previous: at(previous), next: at(next) }
}
