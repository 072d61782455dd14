import type { Actor } from '../../access/actor.ts'
import { scopeKey } from '../../access/scope-key.ts'
import { complaintList } from '../../saved-views/lists.ts'
import { viewsFor, type View } from '../../saved-views/queries.ts'
import { readSearch, searchOf, type ComplaintListQuery } from './address.ts'

export const builtIn = ['mine', 'department', 'all'] as const
export type Tab = {
  name: (typeof builtIn)[number] | View<ComplaintListQuery>
  query: ComplaintListQuery
  count: number
  current: boolean
}

const always = builtIn.map((name) => ({ name, query: readSearch(name === 'all' ? '' : `scope=${name}`)! }))

/** The lists that are always there, then one's own, then those for everybody; `asked` are those to be counted anew. */
export async function tabsFor(actor: Actor, query: ComplaintListQuery, now: Date) {
  const views = await viewsFor(actor, complaintList)
  const fixed = actor.departmentId === null ? always.filter(({ name }) => name !== 'department') : always
  const tabs = [...fixed, ...views.map((view) => ({ name: view, query: view.query }))]
  const known = knownCounts(actor, tabs, now)
  // The list itself is counted with its rows.
  const own = tabs.map((tab) => searchOf(tab.query) === searchOf(query))
  const asked = tabs.filter((_, at) => known[at] === null && !own[at]).map((tab) => tab.query)
  return { tabs, known, own, asked, actor, query, now }
}

/** The same with how many each holds. */
export function countedTabs(
  { tabs, known, own, actor, query, now }: Awaited<ReturnType<typeof tabsFor>>,
  { count: held, counts: fresh }: { count: number; counts: number[] },
) {
  const left = [...fresh]
  const counts = known.map((count, at) => (own[at] ? held : (count ?? left.shift()!)))
  keepCounts(actor, tabs, counts, now)
  const current = currentOf(tabs, query)
  return tabs.map((tab, at): Tab => ({ ...tab, count: counts[at]!, current: at === current }))
}

/** A view is open as it was saved; the lists that are always there, in any order and with any condition beside. */
function currentOf(tabs: Pick<Tab, 'name' | 'query'>[], query: ComplaintListQuery): number {
  const saved = tabs.findIndex(({ name, query: of }) => typeof name !== 'string' && searchOf(of) === searchOf(query))
  if (saved >= 0) return saved
  return tabs.findIndex(({ name, query: of }) => typeof name === 'string' && of.scope === query.scope)
}

const kept = new Map<string, { count: number; until: number }>()
const keptFor = 30_000

type Countable = Pick<Tab, 'name' | 'query'>
const keyOf = (actor: Actor, { name, query }: Countable) =>
  typeof name === 'string' ? null : `${scopeKey(actor)} ${searchOf(query)}`

/** Saved views may ask anything: their counts are kept for half a minute, the rest is counted afresh. */
function knownCounts(actor: Actor, tabs: Countable[], now: Date): (number | null)[] {
  return tabs.map((tab) => {
    const one = kept.get(keyOf(actor, tab) ?? '')
    return one && one.until > now.getTime() && one.until <= now.getTime() + keptFor ? one.count : null
  })
}

/** For tests: the next file's complaints are others. */
export function forgetCounts(): void {
  kept.clear()
}

function keepCounts(actor: Actor, tabs: Countable[], counts: number[], now: Date): void {
  const until = now.getTime() + keptFor
  if (kept.size > 5000) kept.clear()
  for (const [at, tab] of tabs.entries()) {
    const key = keyOf(actor, tab)
    if (key !== null && (kept.get(key)?.until ?? 0) < until - keptFor) kept.set(key, { count: counts[at]!, until })
  }
}
