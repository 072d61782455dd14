import type { Actor } from '../../access/actor.ts'
import { recordWide } from '../../audit/wide-searches.ts'
import { isNarrowed, searchOf } from './address.ts'
import type { ListQuery } from './forms.ts'

/** AUD-01: a search that finds more than so many customers is a read, recorded once and not with each of its pages. */
export async function recordWideSearch(actor: Actor, query: ListQuery, count: number, now: Date): Promise<void> {
  if (!isNarrowed(query) || query.after || query.before) return
  const search = searchOf(query)
  await recordWide(actor, { action: 'customers.searched', subject: 'customers', search, count }, now)
}
