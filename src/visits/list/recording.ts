import type { Actor } from '../../access/actor.ts'
import { reading } from '../../audit/change.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { isNarrowed, searchOf, type VisitListQuery } from './address.ts'

/** AUD-01: a search that finds more than so many visits is a read, recorded once and not with each of its pages. */
export async function recordWideSearch(actor: Actor, query: VisitListQuery, count: number, now: Date): Promise<void> {
  if (!isNarrowed(query) || query.after || query.before) return
  if (count <= (await regulationAt(now)).value('audit.search_results')) return
  await reading(actor, 'visit.searched', 'visits', { after: { search: searchOf(query), count } })
}
