import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { WayOut } from '../../web/lists.ts'
import { fieldsOf, isNarrowed, listAddress, searchOf, type ComplaintListQuery } from './address.ts'
import { rowOf, type Office } from './cells.ts'
import { chipsOf } from './chips.ts'
import { sorts } from './forms.ts'
import { orderOf, usualSort } from './order.ts'
import { countedTo, type ComplaintList } from './queries.ts'
import type { Tab } from './tabs.ts'

export type Found = ComplaintList & {
  tabs: Tab[]
  wayOut: WayOut | null
}

/** /complaints */
export function indexPage(actor: Actor, query: ComplaintListQuery, found: Found, office: Office) {
  const t = translate[actor.language]
  const search = searchOf(query)
  const inList = `?in=${encodeURIComponent(search)}`
  return {
    rows: found.rows.map((row) => ({ ...rowOf(row, actor, office), href: `/complaints/${row.number}${inList}` })),
    heads: headsOf(query, t),
    mayTake: mayEver(actor, 'complaints.take'),
    waysAt: mayEver(actor, 'complaints.manage') ? '/complaints/ways' : null,
    monthAt: mayEver(actor, 'complaints.statistics') ? '/complaints/month' : null,
    exportAt: mayEver(actor, 'complaints.export') ? `/complaints/export?${search}` : null,
    acts: actsOf(actor),
    views: found.tabs.map((tab) => viewOf(tab, query, found.count, t)),
    save: { href: `/complaints/views/new${inList}`, word: t('complaintList:saveView'), back: '/complaints' },
    manage: found.tabs.some(({ name }) => typeof name !== 'string')
      ? { href: '/complaints/views', word: t('complaintList:manageViews') }
      : null,
    bar: barOf(query, found, t),
    pager: pagerOf(query, found, t),
    nothing: nothingOf(query, found, t),
  }
}

/** Closing is not among them: it asks of each what only its own form can say (wish 35). */
function actsOf(actor: Actor) {
  const acts = {
    assign: mayEver(actor, 'complaints.assign'),
    raise: mayEver(actor, 'complaints.raise'),
    link: mayEver(actor, 'complaints.group'),
  }
  return acts.assign || acts.raise || acts.link ? acts : null
}

export const capped = (count: number) => (count > countedTo ? `${countedTo}+` : String(count))

/** The tabs keep what the list asks for; only a saved view asks for its own. */
function viewOf({ name, query: of, count, current }: Tab, query: ComplaintListQuery, counted: number, t: Translate) {
  const word = typeof name === 'string' ? t(`complaintList:tab.${name}`) : name.name
  const exact = current && searchOf(of) === searchOf(query)
  return { href: listAddress(of), word, count: capped(exact ? counted : count), current }
}

/** What narrows and orders the list, each with the address without it. */
function barOf(query: ComplaintListQuery, { names }: ComplaintList, t: Translate) {
  const { q: _typed, ...kept } = fieldsOf(query)
  const sort = query.sort || usualSort(query.state)
  const { scope = '' } = kept
  return {
    q: query.q,
    kept,
    chips: chipsOf(query, names, t).filter(({ name }) => name !== 'q'),
    conditions: `/complaints/conditions?${searchOf(query)}`,
    clear: isNarrowed(query) ? (scope ? `/complaints?scope=${scope}` : '/complaints') : null,
    sorts: sorts.map((name) => ({
      href: listAddress(query, { sort: name === usualSort(query.state) ? '' : name }),
      word: t(`complaintList:sort.${name}`),
      current: name === sort,
    })),
    first: orderOf(query).first,
  }
}

type Head = { word: string; look?: string; href?: string; sorted?: 'ascending' | 'descending' }

function headsOf(query: ComplaintListQuery, t: Translate): Head[] {
  const sort = query.sort || usualSort(query.state)
  const by = (to: (typeof sorts)[number]) => listAddress(query, { sort: to === usualSort(query.state) ? '' : to })
  const plain = (name: 'number' | 'title' | 'customer' | 'level' | 'state' | 'owner'): Head => ({
    word: t(`complaintList:column.${name}`),
  })
  const due: Head = { word: t('complaintList:column.due'), href: by('due') }
  const received: Head = {
    word: t('complaintList:column.received'),
    href: by(sort === 'newest' ? 'oldest' : 'newest'),
  }
  if (sort === 'due') due.sorted = 'ascending'
  if (sort === 'newest' || sort === 'oldest') received.sorted = sort === 'oldest' ? 'ascending' : 'descending'
  return [
    plain('title'),
    plain('number'),
    plain('customer'),
    plain('level'),
    plain('state'),
    due,
    plain('owner'),
    received,
  ]
}

function pagerOf(query: ComplaintListQuery, { rows, count, earlier, later }: ComplaintList, t: Translate) {
  const words =
    count > countedTo
      ? t('complaintList:many', { n: countedTo.toLocaleString('en-US') })
      : t('complaintList:count', { n: count })
  const [first, last] = [rows[0]?.number, rows.at(-1)?.number]
  return {
    words,
    ...(earlier && first ? { previous: listAddress(query, { before: first }) } : {}),
    ...(later && last ? { next: listAddress(query, { after: last }) } : {}),
  }
}

/** An empty list says which condition to drop, and what that would give. */
function nothingOf(query: ComplaintListQuery, { wayOut }: Found, t: Translate) {
  if (!isNarrowed(query)) return { heading: t('complaintList:empty'), hint: t('complaintList:emptyHint') }
  const next = wayOut
    ? { href: wayOut.href, word: t('complaintList:dropOne', { ...wayOut, n: capped(wayOut.n) }) }
    : { href: '/complaints', word: t('complaintList:clearAll') }
  return { heading: t('complaintList:none'), hint: t('complaintList:noneHint'), next }
}
