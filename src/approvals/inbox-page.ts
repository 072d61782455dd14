import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { deadlineTag, momentText } from '../deadlines/tag.ts'
import { translate, type Translate } from '../i18n.ts'
import { requestPath, searchOf } from './addresses.ts'
import type { InboxQuery } from './forms.ts'
import { countedTo, type InboxCount, type InboxPage, type InboxRow } from './inbox.ts'
import { kindOf, wordOf } from './kinds.ts'
import type { RequestModel } from './request-page.ts'
import type { Titles } from './titles.ts'

export type Inbox = { counts: InboxCount[]; page: InboxPage; titles: Titles }

/** APR-03: the list with its queues at the left, one request at the right. */
export function inboxPage(
  actor: Actor,
  { counts, page, titles }: Inbox,
  query: InboxQuery,
  { open, chosen }: { open: RequestModel | null; chosen: boolean },
  now: Date,
  calendar: Calendar,
) {
  const t = translate[actor.language]
  const rows = page.rows.map((row) => rowOf(t, row, { query, titles, now, calendar }))
  return {
    tabs: tabsFor(actor, 'inbox'),
    lede: ledeOf(t, counts, page),
    kinds: counts.length > 1 || query.kind ? kindsOf(t, counts, query) : [],
    rows: rows.map((row) => ({ ...row, current: row.number === open?.number })),
    together: rows.some(({ together }) => together),
    pager: pagerOf(t, page, query),
    open,
    chosen,
    back: `/approvals${searchOf(query)}`,
    nothing: {
      heading: t(query.kind ? 'approvals:inbox.noneKind' : 'approvals:inbox.none'),
      hint: t('approvals:inbox.noneHint'),
      ...(query.kind ? { next: { href: '/approvals', word: t('approvals:inbox.showAll') } } : {}),
    },
  }
}

export type Tab = 'inbox' | 'mine' | 'decided' | 'register'

export function tabsFor(actor: Actor, current: Tab) {
  const t = translate[actor.language]
  const names: Tab[] = [
    'inbox',
    'mine',
    'decided',
    ...(mayEver(actor, 'approvals.register') ? ['register' as const] : []),
  ]
  return names.map((name) => ({
    href: name === 'inbox' ? '/approvals' : `/approvals/${name}`,
    word: t(`approvals:tab.${name}`),
    current: name === current,
  }))
}

/** The one that is opened after the request has been decided: below it, or else above. */
export function nextOf(rows: readonly { number: string }[], number: string): string | null {
  const at = rows.findIndex((row) => row.number === number)
  return (at < 0 ? rows[0] : (rows[at + 1] ?? rows[at - 1]))?.number ?? null
}

type Around = { query: InboxQuery; titles: Titles; now: Date; calendar: Calendar }

function rowOf(t: Translate, row: InboxRow, { query, titles, now, calendar }: Around) {
  const { number, kind, version, reason, clock } = row
  const title = titles.get(row.id)
  const word = t(`approvals:kind.${wordOf(kind)}`)
  return {
    number,
    version,
    kind,
    word,
    href: requestPath(number, query),
    forName: row.forName ? t('approvals:inbox.for', { name: row.forName }) : null,
    filed: `${row.filedBy} ${momentText(row.filedAt, now)}`,
    title: title ?? reason ?? number,
    more: title ? reason : null,
    rule: { id: kindOf(kind).rule },
    deadline: clock ? deadlineTag(t, clock, now, calendar) : null,
    together: kindOf(kind).together,
    tick: t('approvals:inbox.tick', { number }),
  }
}

function ledeOf(t: Translate, counts: InboxCount[], { rows, earlier, later }: InboxPage): string {
  const n = cappedCount(counts.reduce((sum, { count }) => sum + count, 0))
  const lent = rows.filter(({ forName }) => forName !== null)
  const names = [...new Set(lent.map(({ forName }) => forName))]
  if (names.length !== 1 || earlier || later) return t('approvals:inbox.lede', { n })
  return t('approvals:inbox.ledeFor', { n, m: lent.length, name: names[0]! })
}

export const cappedCount = (count: number) => (count > countedTo ? `${countedTo}+` : String(count))

function kindsOf(t: Translate, counts: InboxCount[], query: InboxQuery) {
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  return [
    {
      href: '/approvals',
      word: t('approvals:inbox.all'),
      count: cappedCount(total),
      late: false,
      current: !query.kind,
    },
    ...counts.map(({ kind, count, late }) => ({
      href: `/approvals?kind=${kind}`,
      word: t(`approvals:kind.${wordOf(kind)}`),
      count: cappedCount(count),
      late: late > 0,
      current: query.kind === kind,
    })),
  ]
}

function pagerOf(t: Translate, { rows, earlier, later }: InboxPage, { kind }: InboxQuery) {
  const [first, last] = [rows[0], rows.at(-1)]
  return {
    words: t('approvals:inbox.page', { n: rows.length }),
    ...(earlier && first ? { previous: `/approvals${searchOf({ kind, before: first.number })}` } : {}),
    ...(later && last ? { next: `/approvals${searchOf({ kind, after: last.number })}` } : {}),
  }
}
