import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { WayOut } from '../../web/lists.ts'
import { fieldsOf, isNarrowed, listAddress, searchOf, type VisitListQuery } from './address.ts'
import { rowOf } from './cells.ts'
import { chipsOf } from './chips.ts'
import { sorts } from './forms.ts'
import { countedTo, type VisitList } from './queries.ts'
import type { Tab } from './tabs.ts'

export type Found = VisitList & {
  tabs: Tab[]
  wayOut: WayOut | null
}

/** /visits */
export function indexPage(actor: Actor, query: VisitListQuery, found: Found, now: Date) {
  const t = translate[actor.language]
  const search = searchOf(query)
  return {
    at: query.report === 'toReview' ? 'review' : 'list',
    rows: found.rows.map((row) => rowOf(row, t, now)),
    heads: headsOf(query, t),
    mayPlan: mayEver(actor, 'visits.plan'),
    exportAt: mayEver(actor, 'visits.export') ? `/visits/export?${search}` : null,
    views: found.tabs.map((tab) => viewOf(tab, query, found.count, t)),
    save: {
      href: `/visits/views/new?in=${encodeURIComponent(search)}`,
      word: t('visitList:saveView'),
      back: '/visits',
    },
    manage: found.tabs.some(({ name }) => typeof name !== 'string')
      ? { href: '/visits/views', word: t('visitList:manageViews') }
      : null,
    bar: barOf(query, found, t),
    pager: pagerOf(query, found, t),
    nothing: nothingOf(query, found, t),
  }
}

export const capped = (count: number) => (count > countedTo ? `${countedTo}+` : String(count))

/** The list itself was counted with its rows. */
function viewOf({ name, query: of, count, current }: Tab, query: VisitListQuery, counted: number, t: Translate) {
  const word = typeof name === 'string' ? t(`visitList:tab.${name}`) : name.name
  const exact = current && searchOf(of) === searchOf(query)
  return { href: listAddress(of), word, count: capped(exact ? counted : count), current }
}

/** What narrows and orders the list, each with the address without it. */
function barOf(query: VisitListQuery, { names }: VisitList, t: Translate) {
  const { q: _typed, ...kept } = fieldsOf(query)
  const { scope = '' } = kept
  return {
    q: query.q,
    kept,
    chips: chipsOf(query, names, t).filter(({ name }) => name !== 'q'),
    conditions: `/visits/conditions?${searchOf(query)}`,
    clear: isNarrowed(query) ? (scope ? `/visits?scope=${scope}` : '/visits') : null,
    sorts: sorts.map((name) => ({
      href: sortedBy(query, name),
      word: t(`visitList:sort.${name}`),
      current: name === (query.sort || 'newest'),
    })),
  }
}

const sortedBy = (query: VisitListQuery, name: (typeof sorts)[number]) =>
  listAddress(query, { sort: name === 'newest' ? '' : name })

type Head = { word: string; href?: string; sorted?: 'ascending' | 'descending' }

function headsOf(query: VisitListQuery, t: Translate): Head[] {
  const oldest = query.sort === 'oldest'
  const columns = ['party', 'number', 'day', 'state', 'owner', 'report', 'purposes'] as const
  return columns.map((name): Head => {
    const word = t(`visitList:column.${name}`)
    if (name !== 'day') return { word }
    return { word, href: sortedBy(query, oldest ? 'newest' : 'oldest'), sorted: oldest ? 'ascending' : 'descending' }
  })
}

function pagerOf(query: VisitListQuery, { rows, count, earlier, later }: VisitList, t: Translate) {
  const [first, last] = [rows[0]?.number, rows.at(-1)?.number]
  return {
    words: countWords(count, t),
    ...(earlier && first ? { previous: listAddress(query, { before: first }) } : {}),
    ...(later && last ? { next: listAddress(query, { after: last }) } : {}),
  }
}

export const countWords = (count: number, t: Translate): string =>
  count > countedTo ? t('visitList:many', { n: countedTo.toLocaleString('en-US') }) : t('visitList:count', { n: count })

/** An empty list says which condition to drop, and what that would give. */
function nothingOf(query: VisitListQuery, { wayOut }: Found, t: Translate) {
  if (!isNarrowed(query)) return { heading: t('visitList:empty'), hint: t('visitList:emptyHint') }
  const next = wayOut
    ? { href: wayOut.href, word: t('visitList:dropOne', { ...wayOut, n: capped(wayOut.n) }) }
    : { href: '/visits', word: t('visitList:clearAll') }
  return { heading: t('visitList:none'), hint: t('visitList:noneHint'), next }
}
