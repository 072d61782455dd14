import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { archiveTabs } from '../archive/tabs.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { ListQuery } from './forms.ts'
import type { ListedCopy, ListedPermit, Paged } from './list.ts'
import { trackedAs, type Tracked } from './rules.ts'

const tones = { overdue: 'bad', soon: 'warn', out: 'go', returned: 'ok', destroyed: 'ok', lost: 'bad' } as const
export const permitTones = {
  waiting: 'wait',
  approved: 'go',
  returned: 'warn',
  refused: 'bad',
  withdrawn: 'warn',
  ended: 'warn',
} as const

type Lists = { copies: Paged<ListedCopy>; permits: Paged<ListedPermit> }

export function listPage(actor: Actor, query: ListQuery, { copies, permits }: Lists, now: Date) {
  const t = translate[actor.language]
  const address = (tab: string) => `/copies${tab === 'out' ? '' : `?tab=${tab}`}`
  const nothing = {
    out: 'copies:list.none',
    ended: 'copies:list.noneEnded',
    permits: 'copies:list.nonePermits',
  } as const
  return {
    tabs: archiveTabs(actor, '/copies'),
    views: (['out', 'ended', 'permits'] as const).map((tab) => ({
      href: address(tab),
      word: t(`copies:tab.${tab}`),
      current: tab === query.tab,
    })),
    tab: query.tab,
    filters: {
      action: '/copies',
      find: { name: 'item', value: query.item, label: t('copies:list.find') },
      kept: query.tab === 'out' ? {} : { tab: query.tab },
      ...(query.item ? { clear: address(query.tab) } : {}),
    },
    copies: copies.rows.map((row) => copyRow(t, row, now)),
    permits: permits.rows.map((row) => permitRow(t, row)),
    pager: pagerOf(t, query, query.tab === 'permits' ? permits : copies),
    mayAsk: mayEver(actor, 'copies.ask'),
    mayExport: mayEver(actor, 'archive.registers'),
    nothing: query.item
      ? { heading: t('copies:list.noneSuch'), next: { href: address(query.tab), word: t('copies:list.clear') } }
      : { heading: t(nothing[query.tab]), hint: t('copies:list.noneHint') },
  }
}

/** The way back leads to the beginning, as in the other registers. */
function pagerOf(t: Translate, { tab, item, after }: ListQuery, { rows, more, n }: Paged<{ number: string }>) {
  const address = (from: object) => {
    const search = new URLSearchParams({ ...(tab === 'out' ? {} : { tab }), ...(item ? { item } : {}), ...from })
    return search.size > 0 ? `/copies?${search}` : '/copies'
  }
  return {
    words: t('copies:list.count', { n }),
    ...(after ? { previous: address({}) } : {}),
    ...(more ? { next: address({ after: rows.at(-1)!.number }) } : {}),
  }
}

export function stateOf(t: Translate, copy: { state: ListedCopy['state']; dueAt: Date }, now: Date) {
  const tracked: Tracked = trackedAs(copy, now)
  const late = Math.floor((now.getTime() - copy.dueAt.getTime()) / 86_400_000) + 1
  const word = tracked === 'overdue' ? t('copies:list.late', { days: late }) : t(`copies:tracked.${tracked}`)
  return { tone: tones[tracked], word }
}

/** The last day it may be out: what is due at the stroke of midnight is due on the day before. */
export const dueDay = (dueAt: Date) => dateText(new Date(dueAt.getTime() - 1))

function copyRow(t: Translate, row: ListedCopy, now: Date) {
  return {
    href: `/copies/${row.number}`,
    number: row.number,
    item: row.itemNumber,
    itemHref: `/archive/items/${row.itemNumber}`,
    title: row.title,
    mark: t(`archive:mark.${row.secrecy}`),
    holder: row.holder,
    way: t(`copies:way.${row.way}`),
    due: dueDay(row.dueAt),
    ended: row.endedAt ? `${dateTimeText(row.endedAt)} ${row.endedBy ?? ''}` : '',
    state: stateOf(t, row, now),
  }
}

function permitRow(t: Translate, row: ListedPermit) {
  return {
    href: `/copies/${row.number}`,
    number: row.number,
    items: row.items.join(t('web:comma')),
    applicant: row.applicant,
    filedAt: dateTimeText(row.filedAt),
    way: t(`copies:way.${row.way}`),
    holder: row.holder,
    dueOn: row.dueOn,
    made: `${row.made} / ${row.permitted}`,
    state: { tone: permitTones[row.state], word: t(`copies:state.${row.state}`) },
  }
}
