import type { Actor } from '../../../access/actor.ts'
import { mayEver } from '../../../access/policy.ts'
import { translate, type Translate } from '../../../i18n.ts'
import type { WayOut } from '../../../web/lists.ts'
import { shippableOnly } from '../../queries.ts'
import { fieldsOf, isNarrowed, listAddress, searchOf, type ReleaseListQuery } from './address.ts'
import { rowOf } from './cells.ts'
import { chipsOf } from './chips.ts'
import { sorts } from './forms.ts'
import { countedTo, type ReleaseList } from './queries.ts'
import type { Tab } from './tabs.ts'

type Found = ReleaseList & { tabs: Tab[]; wayOut: WayOut | null }

/** /releases */
export function indexPage(actor: Actor, query: ReleaseListQuery, found: Found, now: Date) {
  const t = translate[actor.language]
  const search = searchOf(query)
  const ships = shippableOnly(actor)
  return {
    rows: found.rows.map((row) => rowOf(row, t, now)),
    heads: headsOf(query, ships, t),
    ships,
    mayAsk: mayEver(actor, 'credit.request'),
    exportAt: mayEver(actor, 'credit.export') ? `/releases/export?${search}` : null,
    views: found.tabs.map((tab) => viewOf(tab, query, found.count, t)),
    save: {
      href: `/releases/views/new?in=${encodeURIComponent(search)}`,
      word: t('releaseList:saveView'),
      back: '/releases',
    },
    manage: found.tabs.some(({ name }) => typeof name !== 'string')
      ? { href: '/releases/views', word: t('releaseList:manageViews') }
      : null,
    bar: barOf(query, found, t),
    pager: pagerOf(query, found, t),
    nothing: nothingOf(query, found, t),
  }
}

const capped = (count: number) => (count > countedTo ? `${countedTo}+` : String(count))

/** The list itself was counted with its rows. */
function viewOf({ name, query: of, count, current }: Tab, query: ReleaseListQuery, counted: number, t: Translate) {
  const word = typeof name === 'string' ? t(`releaseList:tab.${name}`) : name.name
  const exact = current && searchOf(of) === searchOf(query)
  return { href: listAddress(of), word, count: capped(exact ? counted : count), current }
}

/** What narrows and orders the list, each with the address without it. */
function barOf(query: ReleaseListQuery, { names }: ReleaseList, t: Translate) {
  const { q: _typed, ...kept } = fieldsOf(query)
  const { state = '' } = kept
  return {
    q: query.q,
    kept,
    chips: chipsOf(query, names, t).filter(({ name }) => name !== 'q'),
    conditions: `/releases/conditions?${searchOf(query)}`,
    clear: isNarrowed(query) ? (state ? `/releases?state=${state}` : '/releases') : null,
    sorts: sorts.map((name) => ({
      href: listAddress(query, { sort: name === 'newest' ? '' : name }),
      word: t(`releaseList:sort.${name}`),
      current: name === (query.sort || 'newest'),
    })),
  }
}

type Head = { word: string; href?: string; sorted?: 'ascending' | 'descending'; num?: true }

/** CRD-13: whoever ships reads no figure of the credit. */
function headsOf(query: ReleaseListQuery, ships: boolean, t: Translate): Head[] {
  const oldest = query.sort === 'oldest'
  const columns = [
    'customer',
    'number',
    'amount',
    'state',
    ...(ships ? [] : (['why', 'next'] as const)),
    'requested',
  ] as const
  return columns.map((name): Head => {
    const word = t(`releaseList:column.${name}`)
    if (name === 'amount') return { word, num: true }
    if (name !== 'requested') return { word }
    const href = listAddress(query, { sort: oldest ? '' : 'oldest' })
    return { word, href, sorted: oldest ? 'ascending' : 'descending' }
  })
}

function pagerOf(query: ReleaseListQuery, { rows, count, earlier, later }: ReleaseList, t: Translate) {
  const [first, last] = [rows[0]?.number, rows.at(-1)?.number]
  return {
    words: countWords(count, t),
    ...(earlier && first ? { previous: listAddress(query, { before: first }) } : {}),
    ...(later && last ? { next: listAddress(query, { after: last }) } : {}),
  }
}

export const countWords = (count: number, t: Translate): string =>
  count > countedTo
    ? t('releaseList:many', { n: countedTo.toLocaleString('en-US') })
    : t('releaseList:count', { n: count })

/** An empty list says which condition to drop, and what that would give. */
function nothingOf(query: ReleaseListQuery, { wayOut }: Found, t: Translate) {
  if (!isNarrowed(query)) return { heading: t('releaseList:empty'), hint: t('releaseList:emptyHint') }
  const next = wayOut
    ? { href: wayOut.href, word: t('releaseList:dropOne', { ...wayOut, n: capped(wayOut.n) }) }
    : { href: '/releases', word: t('releaseList:clearAll') }
  return { heading: t('releaseList:none'), hint: t('releaseList:noneHint'), next }
}
