import type { Actor } from '../../access/actor.ts'
import { reading } from '../../audit/change.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { isNarrowed, searchOf } from './address.ts'
import type { ListQuery } from './forms.ts'

/** AUD-01: a search that finds more than so many customers is a read, recorded once and not with each of its pages. */
export async function recordWideSearch(actor: Actor, query: ListQuery, count: number, now: Date): Promise<void> {
  if (!isNarrowed(query) || query.after || query.before) return
  if (count <= (await regulationAt(now)).value('audit.search_results')) return
  await reading(actor, 'customers.searched', 'customers', { after: { search: searchOf(query), count } })
}
