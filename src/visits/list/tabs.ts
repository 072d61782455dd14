import type { Actor } from '../../access/actor.ts'
import { visitList } from '../../saved-views/lists.ts'
import { viewsFor, type View } from '../../saved-views/queries.ts'
import { readSearch, searchOf, type VisitListQuery } from './address.ts'
import { countsOf } from './queries.ts'

export const builtIn = ['mine', 'department', 'all'] as const
export type Tab = {
  name: (typeof builtIn)[number] | View<VisitListQuery>
  query: VisitListQuery
  count: number
  current: boolean
}

const always = builtIn.map((name) => ({ name, query: readSearch(name === 'all' ? '' : `scope=${name}`)! }))

/** The lists that are always there, then one's own, then those for everybody, with how many each holds. */
export async function tabsFor(actor: Actor, query: VisitListQuery, now: Date): Promise<Tab[]> {
  const views = await viewsFor(actor, visitList)
  const fixed = actor.departmentId === null ? always.filter(({ name }) => name !== 'department') : always
  const tabs = [...fixed, ...views.map((view) => ({ name: view, query: view.query }))]
  const counts = await countsOf(
    actor,
    tabs.map((tab) => tab.query),
    now,
  )
  const current = currentOf(tabs, query)
  return tabs.map((tab, at) => ({ ...tab, count: counts[at]!, current: at === current }))
}

/** A view is open as it was saved; the lists that are always there, in any order and with any condition beside. */
function currentOf(tabs: Pick<Tab, 'name' | 'query'>[], query: VisitListQuery): number {
  const saved = tabs.findIndex(({ name, query: of }) => typeof name !== 'string' && searchOf(of) === searchOf(query))
  if (saved >= 0) return saved
  return tabs.findIndex(({ name, query: of }) => typeof name === 'string' && of.scope === query.scope)
}
