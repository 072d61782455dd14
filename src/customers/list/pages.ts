import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { WayOut } from '../../web/lists.ts'
import { fieldsOf, isNarrowed, listAddress, searchOf, type ListQuery } from './address.ts'
import { cellsOf, type Office } from './cells.ts'
import { chipsOf } from './chips.ts'
import { sorts } from './forms.ts'
import { listColumns, type ListColumn } from './listed-columns.ts'
import { countedTo, type CustomerList } from './queries.ts'
import type { Tab } from './tabs.ts'

export type Found = CustomerList & {
  tabs: Tab[]
  wayOut: WayOut | null
}

export function indexPage(actor: Actor, query: ListQuery, found: Found, office: Office) {
  const t = translate[actor.language]
  const search = searchOf(query)
  const inList = `?in=${encodeURIComponent(search)}`
  const acts = {
    assign: mayEver(actor, 'customers.assign'),
    confirm: mayEver(actor, 'customers.confirm'),
  }
  return {
    rows: found.rows.map((row) => ({
      number: row.number,
      name: row.name,
      href: `/customers/${row.number}${inList}`,
      cells: cellsOf(row, query.cols, t, office),
    })),
    heads: headsOf(query, t),
    mayCreate: mayEver(actor, 'customers.create'),
    mayImport: mayEver(actor, 'imports.run'),
    exportAt: mayEver(actor, 'customers.export') ? `/customers/export?${search}` : null,
    acts: acts.assign || acts.confirm ? acts : null,
    views: found.tabs.map((tab) => viewOf(tab, found.count, t)),
    save: { href: `/customers/views/new${inList}`, word: t('lists:saveView') },
    manages: found.tabs.some(({ name }) => typeof name !== 'string'),
    bar: barOf(query, found, t),
    pager: pagerOf(query, found, t),
    all: found.count > 0 && found.count <= countedTo ? { n: found.count, search: `all=on&${search}` } : null,
    nothing: nothingOf(query, found, t),
  }
}

export const capped = (count: number) => (count > countedTo ? `${countedTo}+` : String(count))

function viewOf({ name, query, count, current }: Tab, counted: number, t: Translate) {
  const word = typeof name === 'string' ? t(`lists:tab.${name}`) : name.name
  return { href: listAddress(query), word, count: capped(current ? counted : count), current }
}

/** What narrows and orders the list, each with the address without it. */
function barOf(query: ListQuery, { names }: CustomerList, t: Translate) {
  const { q: _typed, ...kept } = fieldsOf(query)
  const { cols: _columns, ...keptByColumns } = fieldsOf(query)
  const search = searchOf(query)
  return {
    q: query.q,
    kept,
    keptByColumns,
    chips: chipsOf(query, names, t).filter(({ name }) => name !== 'q'),
    conditions: `/customers/conditions?${search}`,
    clear: isNarrowed(query)
      ? listAddress(
          query,
          Object.fromEntries(
            Object.keys(kept)
              .concat('q')
              .filter((name) => name !== 'sort' && name !== 'cols')
              .map((name) => [name, '']),
          ),
        )
      : null,
    columns: listColumns.map((name) => ({ name, word: t(`lists:column.${name}`), shown: query.cols.includes(name) })),
    sorts: sorts.map((name) => ({
      href: listAddress(query, { sort: name === 'newest' ? '' : name }),
      word: t(`lists:sort.${name}`),
      current: name === query.sort,
    })),
  }
}

type Head = { word: string; href?: string; sorted?: 'ascending' | 'descending' }

function headsOf(query: ListQuery, t: Translate): Head[] {
  const { sort } = query
  const by = (to: ListQuery['sort']) => listAddress(query, { sort: to === 'newest' ? '' : to })
  const name: Head = { word: t('lists:nameHead'), href: by(sort === 'name' ? 'name_reversed' : 'name') }
  if (sort === 'name') name.sorted = 'ascending'
  if (sort === 'name_reversed') name.sorted = 'descending'
  return [name, ...query.cols.map((column) => headOf(column, sort, by, t))]
}

function headOf(
  column: ListColumn,
  sort: ListQuery['sort'],
  by: (to: ListQuery['sort']) => string,
  t: Translate,
): Head {
  const word = t(`lists:column.${column}`)
  if (column === 'updated')
    return { word, href: by('changed'), ...(sort === 'changed' ? { sorted: 'descending' } : {}) }
  if (column !== 'created') return { word }
  const sorted = sort === 'newest' ? 'descending' : sort === 'oldest' ? 'ascending' : null
  return { word, href: by(sort === 'newest' ? 'oldest' : 'newest'), ...(sorted ? { sorted } : {}) }
}

function pagerOf(query: ListQuery, { rows, count, earlier, later }: CustomerList, t: Translate) {
  const words =
    count > countedTo
      ? t('customers:list.many', { n: countedTo.toLocaleString('en-US') })
      : t('customers:list.count', { n: count })
  const [first, last] = [rows[0]?.number, rows.at(-1)?.number]
  return {
    words,
    ...(earlier && first ? { previous: listAddress(query, { before: first }) } : {}),
    ...(later && last ? { next: listAddress(query, { after: last }) } : {}),
  }
}

/** An empty list says which condition to drop, and what that would give. */
function nothingOf(query: ListQuery, { wayOut }: Found, t: Translate) {
  if (!isNarrowed(query)) return { heading: t('customers:list.empty'), hint: t('customers:list.emptyHint') }
  const next = wayOut
    ? { href: wayOut.href, word: t('lists:dropOne', { ...wayOut, n: capped(wayOut.n) }) }
    : { href: '/customers', word: t('customers:list.clear') }
  return { heading: t('customers:list.none'), hint: t('customers:list.noneHint'), next }
}
