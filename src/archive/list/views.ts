import type { Actor } from '../../access/actor.ts'
import { scopeKey } from '../../access/scope-key.ts'
import { now } from '../../lib/clock.ts'
import { fieldsOf, readSearch, type ItemQuery } from './address.ts'
import { countsOf } from './queries.ts'

export const viewNames = ['all', 'mine', 'on_loan', 'overdue', 'missing'] as const
export type View = { name: (typeof viewNames)[number]; query: ItemQuery; count: number; current: boolean }

const searches = {
  all: '',
  mine: 'keeper=mine',
  on_loan: 'state=on_loan',
  overdue: 'state=overdue',
  missing: 'state=missing',
}
const always = viewNames.map((name) => ({ name, query: readSearch(searches[name])! }))

const kept = new Map<string, { counts: number[]; until: number }>()
const keptFor = 30_000

/** For tests: the next file's items are others. */
export function forgetCounts(): void {
  kept.clear()
}

/** The views that are always there with how many each holds; their counts are kept for half a minute. */
export async function viewsFor(actor: Actor, query: ItemQuery): Promise<View[]> {
  const counts = await countsFor(actor)
  const held = (of: ItemQuery) => JSON.stringify({ ...fieldsOf(of), sort: '', cols: '' })
  const current = always.findIndex(({ query: of }) => held(of) === held(query))
  return always.map((view, at) => ({ ...view, count: counts[at]!, current: at === current }))
}

async function countsFor(actor: Actor): Promise<number[]> {
  const [at, key] = [now().getTime(), scopeKey(actor)]
  const known = kept.get(key)
  if (known && known.until > at) return known.counts
  const counts = await countsOf(
    actor,
    always.map(({ query }) => query),
  )
  if (kept.size > 5000) kept.clear()
  kept.set(key, { counts, until: at + keptFor })
  return counts
}
