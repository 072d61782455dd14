import type { Actor } from '../../../access/actor.ts'
import { releaseList } from '../../../saved-views/lists.ts'
import { viewsFor, type View } from '../../../saved-views/queries.ts'
import { shippableOnly } from '../../queries.ts'
import { readSearch, searchOf, type ReleaseListQuery } from './address.ts'
import { countsOf } from './queries.ts'

const builtIn = ['held', 'released', 'shipped', 'cancelled', 'all'] as const
type BuiltIn = (typeof builtIn)[number]
export type Tab = { name: BuiltIn | View<ReleaseListQuery>; query: ReleaseListQuery; count: number; current: boolean }

const always = builtIn.map((name) => ({ name, query: readSearch(name === 'all' ? '' : `state=${name}`)! }))
const unseen: readonly BuiltIn[] = ['held', 'cancelled']

/** One list for each state, then one's own, then those for everybody, with how many each holds. */
export async function tabsFor(actor: Actor, query: ReleaseListQuery, now: Date): Promise<Tab[]> {
  const views = await viewsFor(actor, releaseList)
  const fixed = shippableOnly(actor) ? always.filter(({ name }) => !unseen.includes(name)) : always
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
function currentOf(tabs: Pick<Tab, 'name' | 'query'>[], query: ReleaseListQuery): number {
  const saved = tabs.findIndex(({ name, query: of }) => typeof name !== 'string' && searchOf(of) === searchOf(query))
  if (saved >= 0) return saved
  return tabs.findIndex(({ name, query: of }) => typeof name === 'string' && of.state === query.state)
}
