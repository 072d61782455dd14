import type { Actor } from '../../access/actor.ts'
import { recordWide } from '../../audit/wide-searches.ts'
import { isNarrowed, searchOf, type ItemQuery } from './address.ts'

/** AUD-01: a search that finds more than so many items is a read, recorded once and not with each of its pages. */
export async function recordWideSearch(actor: Actor, query: ItemQuery, count: number, now: Date): Promise<void> {
  if (!isNarrowed(query) || query.after || query.before) return
  const search = searchOf(query)
  await recordWide(actor, { action: 'items.searched', subject: 'archive', search, count }, now)
}
