import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { isImportant } from '../archive/levels.ts'
import type { Item } from '../archive/queries.ts'
import { archiveTabs } from '../archive/tabs.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText, dayStart } from '../lib/dates.ts'
import type { Refusal } from '../lib/refused.ts'
import { purposes, ways, type ListQuery } from './forms.ts'
import type { ListedCopy, ListedPermit } from './list.ts'
import type { PermitRecord } from './queries.ts'
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

type Asked = { items: Item[]; missing: string[]; problems: Refusal[]; most: number; from: PermitRecord | null }

/** What is asked for, or why it cannot be; without items, which ones. */
export function askPage(actor: Actor, { items, missing, problems, most, from }: Asked, now: Date) {
  const t = translate[actor.language]
  const today = dateText(now)
  const last = dateText(dayStart(today, most))
  const unneeded = items.length > 0 && items.every((item) => item.known && !isImportant(item))
  const gone = missing.map((number) => ({ reason: 'copies:refused.noSuch' as const, params: { number } }))
  return {
    tabs: archiveTabs(actor, '/copies'),
    items: items.map((item, at) => ({
      name: `copies${at}`,
      number: item.number,
      href: `/archive/items/${item.number}`,
      title: item.title,
      mark: t(`archive:mark.${item.secrecy}`),
      copies: from?.lines.find(({ number }) => number === item.number)?.permitted ?? 1,
    })),
    unneeded: unneeded ? { href: `/archive/items/${items[0]!.number}` } : null,
    reasons: unneeded
      ? []
      : [
          ...gone.map((one) => ({
            act: t('copies:asking.cannot'),
            reason: t(one.reason, one.params),
            rule: { id: 'ARC-13' },
          })),
          ...problems.map(({ rule, reason, params }) => ({
            act: t('copies:asking.cannot'),
            reason: t(reason, params),
            rule: { id: rule },
            ...(reason === 'copies:refused.unknown'
              ? { next: { href: `/viewings/new?item=${String(params?.['number'])}`, word: t('copies:asking.toView') } }
              : {}),
          })),
        ],
    ways: ways.map((value) => ({ value, word: t(`copies:way.${value}`) })),
    purposes: purposes.map((value) => ({ value, word: t(`archive:purpose.${value}`) })),
    given: {
      way: from?.way ?? '',
      purpose: from?.purpose ?? '',
      reason: from?.reason ?? '',
      holder: from?.holder ?? actor.name,
      dueOn: last,
    },
    due: { min: today, max: last, hint: t('copies:asking.dueHint', { days: most, day: last }) },
  }
}

type Lists = { copies: ListedCopy[]; permits: ListedPermit[] }

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
    copies: copies.map((row) => copyRow(t, row, now)),
    permits: permits.map((row) => permitRow(t, row)),
    count: t('copies:list.count', { n: copies.length + permits.length }),
    mayAsk: mayEver(actor, 'copies.ask'),
    mayExport: mayEver(actor, 'archive.registers'),
    nothing: query.item
      ? { heading: t('copies:list.noneSuch'), next: { href: address(query.tab), word: t('copies:list.clear') } }
      : { heading: t(nothing[query.tab]), hint: t('copies:list.noneHint') },
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
