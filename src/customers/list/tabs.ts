import type { Actor } from '../../access/actor.ts'
import { now } from '../../lib/clock.ts'
import { viewsFor, type View } from '../../saved-views/queries.ts'
import { fieldsOf, readSearch, searchOf } from './address.ts'
import type { ListQuery } from './forms.ts'
import { countsOf } from './queries.ts'

export const builtIn = ['all', 'mine', 'pool', 'provisional'] as const
export type Tab = { name: (typeof builtIn)[number] | View; query: ListQuery; count: number; current: boolean }

const searches = { all: '', mine: 'owner=mine', pool: 'owner=none', provisional: 'standing=provisional' }

/** The lists that are always there, then one's own, then those for everybody; each with how many it holds. */
export async function tabsFor(actor: Actor, query: ListQuery): Promise<Tab[]> {
  const views = await viewsFor(actor)
  const tabs = [
    ...builtIn.map((name) => ({ name, query: readSearch(searches[name])! })),
    ...views.map((view) => ({ name: view, query: view.query })),
  ]
  const counts = await counted(actor, tabs)
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

/** Saved views may ask anything: their counts are kept for half a minute, the others are counted afresh. */
async function counted(actor: Actor, tabs: Pick<Tab, 'name' | 'query'>[]): Promise<number[]> {
  const at = now().getTime()
  const keys = tabs.map(({ name, query }) => (typeof name === 'string' ? '' : `${scopeOf(actor)} ${searchOf(query)}`))
  const known = keys.map((key) => kept.get(key)).map((one) => (one && one.until > at ? one.count : null))
  const asked = tabs.filter((_tab, place) => known[place] === null).map(({ query }) => query)
  const fresh = await countsOf(actor, asked)
  const counts = known.map((count) => count ?? fresh.shift()!)
  if (kept.size > 5000) kept.clear()
  for (const [place, key] of keys.entries())
    if (key && known[place] === null) kept.set(key, { count: counts[place]!, until: at + keptFor })
  return counts
}

// A right given or withdrawn shows at once.
function scopeOf({ id, grants }: Actor): string {
  const scopes = grants.map((grant) => [grant.role, grant.scope, grant.departmentIds.join(), grant.regionIds.join()])
  return JSON.stringify([String(id), scopes])
}
