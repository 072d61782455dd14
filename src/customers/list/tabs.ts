import type { Actor } from '../../access/actor.ts'
import { scopeKey } from '../../access/scope-key.ts'
import { now } from '../../lib/clock.ts'
import { viewsFor, type View } from '../../saved-views/queries.ts'
import { fieldsOf, readSearch, searchOf } from './address.ts'
import type { ListQuery } from './forms.ts'

export const builtIn = ['all', 'mine', 'pool', 'provisional', 'verify'] as const
export type Tab = { name: (typeof builtIn)[number] | View; query: ListQuery; count: number; current: boolean }

const searches = {
  all: '',
  mine: 'owner=mine',
  pool: 'owner=none',
  provisional: 'standing=provisional',
  verify: 'verify=due',
}
const always = builtIn.map((name) => ({ name, query: readSearch(searches[name])! }))

/** The lists that are always there, then one's own, then those for everybody; `asked` are those to be counted anew. */
export async function tabsFor(actor: Actor, query: ListQuery) {
  const views = await viewsFor(actor)
  const tabs = [...always, ...views.map((view) => ({ name: view, query: view.query }))]
  const known = knownCounts(actor, tabs)
  return { tabs, known, asked: tabs.filter((_, at) => known[at] === null).map((tab) => tab.query), actor, query }
}

/** The same with how many each holds. */
export function countedTabs(
  { tabs, known, actor, query }: Awaited<ReturnType<typeof tabsFor>>,
  fresh: number[],
): Tab[] {
  const left = [...fresh]
  const counts = known.map((count) => count ?? left.shift()!)
  keepCounts(actor, tabs, counts)
  const current = currentOf(tabs, query)
  return tabs.map((tab, at) => ({ ...tab, count: counts[at]!, current: at === current }))
}

/** A view is open as it was saved; the lists that are always there, in any order and with any columns. */
function currentOf(tabs: Pick<Tab, 'name' | 'query'>[], query: ListQuery): number {
  const saved = tabs.findIndex(({ name, query: of }) => typeof name !== 'string' && searchOf(of) === searchOf(query))
  if (saved >= 0) return saved
  const held = (of: ListQuery) => JSON.stringify({ ...fieldsOf(of), sort: '', cols: '' })
  return tabs.findIndex(({ name, query: of }) => typeof name === 'string' && held(of) === held(query))
}

const kept = new Map<string, { count: number; until: number }>()
const keptFor = 30_000

type Countable = Pick<Tab, 'name' | 'query'>
const keyOf = (actor: Actor, { name, query }: Countable) =>
  typeof name === 'string' && name !== 'verify' ? null : `${scopeKey(actor)} ${searchOf(query)}`

/** Saved views may ask anything, and clocks are another table: their counts are kept for half a minute, the rest is counted afresh. */
function knownCounts(actor: Actor, tabs: Countable[]): (number | null)[] {
  const at = now().getTime()
  return tabs.map((tab) => {
    const one = kept.get(keyOf(actor, tab) ?? '')
    return one && one.until > at ? one.count : null
  })
}

/** For tests: the next file's customers are others. */
export function forgetCounts(): void {
  kept.clear()
}

function keepCounts(actor: Actor, tabs: Countable[], counts: number[]): void {
  const until = now().getTime() + keptFor
  if (kept.size > 5000) kept.clear()
  for (const [at, tab] of tabs.entries()) {
    const key = keyOf(actor, tab)
    if (key !== null && (kept.get(key)?.until ?? 0) < until - keptFor) kept.set(key, { count: counts[at]!, until })
  }
}
