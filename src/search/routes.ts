import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { hasAcknowledged } from '../acknowledgements/gate.ts'
import { mayEver, permit } from '../access/policy.ts'
import { countSearch } from '../alerts/watching.ts'
import { findItems } from '../archive/list/queries.ts'
import { findComplaints } from '../complaints/list/queries.ts'
import { findCustomers } from '../customers/list/queries.ts'
import { findVisits } from '../visits/list/queries.ts'
import { page } from '../web/route.ts'
import { mostHits, searchPage, wordsOf, type Group } from './pages.ts'
import { foundContacts, foundCustomers } from './queries.ts'

const searchQuery = z.object({
  q: z.string().max(2000).default(''),
  group: z.enum(['', 'customers', 'contacts']).default(''),
})
type SearchQuery = z.infer<typeof searchQuery>
const nobody = { total: 0, hits: [] }

export const searchRoutes = [
  page<undefined, SearchQuery>('/search', {
    allow: permit('customers.view'),
    query: searchQuery as never,
    view: 'search/index',
    show: ({ actor, query, now }) => search(actor, query.q.slice(0, 100).trim(), query.group, now),
  }),
]

async function search(actor: Actor, q: string, group: Group, now: Date) {
  const most = (one: 'customers' | 'contacts') => (group === '' ? mostHits[one] : mostHits.all)
  const [customers, contacts, items, complaints, visits] = await Promise.all([
    group === 'contacts' ? nobody : foundCustomers(actor, q, most('customers')),
    group === 'customers' ? nobody : foundContacts(actor, q, most('contacts')),
    group === '' ? foundItems(actor, q, now) : nobody,
    group === '' ? foundComplaints(actor, q) : nobody,
    group === '' ? foundVisits(actor, q) : nobody,
    q === '' ? null : countSearch(actor),
  ])
  const found = customers.total + contacts.total + items.total + complaints.total + visits.total
  const without = found === 0 ? await wordTooMany(actor, q) : null
  return searchPage(actor, { q, group, customers, contacts, items, complaints, visits, without })
}

/** ARC-02, ARC-19: items of the archive, for whoever may open its index now. */
async function foundItems(actor: Actor, q: string, now: Date) {
  if (!mayEver(actor, 'archive.view') || !(await hasAcknowledged(actor.id, now))) return nobody
  const { rows: hits, total } = await findItems(actor, q, mostHits.items)
  return { hits, total }
}

/** CMP-03: complaints, for whoever sees each of them. */
async function foundComplaints(actor: Actor, q: string) {
  if (!mayEver(actor, 'complaints.view')) return nobody
  const { rows: hits, total } = await findComplaints(actor, q, mostHits.complaints)
  return { hits, total }
}

/** PPL-01: visits, for whoever sees each of them. */
async function foundVisits(actor: Actor, q: string) {
  if (!mayEver(actor, 'visits.view')) return nobody
  const { rows: hits, total } = await findVisits(actor, q, mostHits.visits)
  return { hits, total }
}

/** Where nothing was found: drops one word after another until something is. */
async function wordTooMany(actor: Actor, q: string): Promise<string | null> {
  const words = wordsOf(q)
  for (const [at, word] of words.length > 1 ? words.entries() : []) {
    const { total } = await findCustomers(actor, words.filter((_, place) => place !== at).join(' '), 1)
    if (total > 0) return word
  }
  return null
}
