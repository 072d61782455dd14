import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { WayOut } from '../../web/lists.ts'
import { sealOf } from '../marks.ts'
import { knowsAll } from '../policy.ts'
import { archiveTabs } from '../tabs.ts'
import { conditionNames, fieldsOf, indexAddress, isNarrowed, searchOf, type ItemQuery } from './address.ts'
import { cellsOf } from './cells.ts'
import { chipsOf } from './chips.ts'
import { itemSorts, type ItemSort } from './forms.ts'
import { itemColumns, type ItemColumn } from './listed-columns.ts'
import { sortOf, tellsMore } from './order.ts'
import { countedTo, type ItemList } from './queries.ts'
import type { View } from './views.ts'

export type Found = ItemList & { views: View[]; wayOut: WayOut | null }

/** /archive: the index. */
export function indexPage(actor: Actor, query: ItemQuery, found: Found, now: Date) {
  const t = translate[actor.language]
  const search = searchOf(query)
  const labels = mayEver(actor, 'archive.keep')
  return {
    tabs: archiveTabs(actor, '/archive'),
    rows: found.rows.map((row) => ({
      number: row.number,
      href: `/archive/items/${row.number}`,
      seal: sealOf(row.secrecy),
      told: row.told !== null,
      cells: cellsOf(row, query.cols, t, now),
    })),
    heads: headsOf(query, t),
    exportAt: mayEver(actor, 'archive.registers') ? `/archive/export?${search}` : null,
    labels: labels
      ? { search: `all=on&${search}`, all: found.count > 0 && found.count <= 240 ? found.count : null }
      : null,
    views: found.views.map((view) => viewOf(view, found.count, t)),
    bar: barOf(query, found, t),
    pager: pagerOf(query, found, t),
    leftOut: found.rows.length > 0 && tellsMore(sortOf(query)) && !knowsAll(actor) ? t('archiveList:leftOut') : null,
    nothing: nothingOf(query, found, t),
  }
}

export const capped = (count: number) => (count > countedTo ? `${countedTo}+` : String(count))

function viewOf({ name, query, count, current }: View, counted: number, t: Translate) {
  const shown = current ? counted : count
  return { href: indexAddress(query), word: t(`archiveList:view.${name}`), count: capped(shown), current }
}

/** What narrows and orders the index, each with the address without it. */
function barOf(query: ItemQuery, { names }: ItemList, t: Translate) {
  const { q: _typed, customer: _named, ...kept } = fieldsOf(query)
  const { cols: _columns, ...keptByColumns } = fieldsOf(query)
  const search = searchOf(query)
  const without = Object.fromEntries(conditionNames.map((name) => [name, '']))
  return {
    q: query.q,
    customer: query.customer,
    kept,
    keptByColumns,
    chips: chipsOf(query, names, t).filter(({ name }) => name !== 'q' && name !== 'customer'),
    conditions: `/archive/conditions?${search}`,
    clear: isNarrowed(query) ? indexAddress(query, without) : null,
    columns: itemColumns.map((name) => ({
      name,
      word: t(`archiveList:column.${name}`),
      shown: query.cols.includes(name),
    })),
    sorts: itemSorts
      .filter((name) => name !== 'newest' || sortOf({ ...query, sort: name }) === name)
      .map((name) => ({
        href: indexAddress(query, { sort: name === 'newest' ? '' : name }),
        word: t(`archiveList:sort.${name}`),
        current: name === sortOf(query),
      })),
  }
}

type Head = { word: string; look: string; href?: string; sorted?: 'ascending' | 'descending' }
const sortedBy: Partial<Record<ItemColumn | 'number', ItemSort>> = { number: 'number', title: 'title', dated: 'dated' }

function headsOf(query: ItemQuery, t: Translate): Head[] {
  return (['number', ...query.cols] as const).map((column) => {
    const head = {
      word: t(`archiveList:column.${column}`),
      look: column === 'pages' || column === 'copies' ? 'num' : '',
    }
    const sort = sortedBy[column]
    if (!sort) return head
    const up = sortOf(query) === sort
    const down = sortOf(query) === `${sort}_reversed`
    const href = indexAddress(query, { sort: up ? `${sort}_reversed` : sort })
    return { ...head, href, ...(up ? { sorted: 'ascending' } : down ? { sorted: 'descending' } : {}) } as Head
  })
}

function pagerOf(query: ItemQuery, { rows, count, earlier, later }: ItemList, t: Translate) {
  const many = { n: countedTo.toLocaleString('en-US') }
  const words = count > countedTo ? t('archiveList:many', many) : t('archiveList:count', { n: count })
  const [first, last] = [rows[0]?.number, rows.at(-1)?.number]
  return {
    words,
    ...(earlier && first ? { previous: indexAddress(query, { before: first }) } : {}),
    ...(later && last ? { next: indexAddress(query, { after: last }) } : {}),
  }
}

/** An empty index says which condition to drop, and what that would give. */
function nothingOf(query: ItemQuery, { wayOut }: Found, t: Translate) {
  if (!isNarrowed(query)) return { heading: t('archiveList:empty'), hint: t('archiveList:emptyHint') }
  const next = wayOut
    ? { href: wayOut.href, word: t('archiveList:dropOne', { ...wayOut, n: capped(wayOut.n) }) }
    : { href: '/archive', word: t('archiveList:conditions.clear') }
  return { heading: t('archiveList:none'), hint: t('archiveList:noneHint'), next }
}
