import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { ListQuery } from './forms.ts'
import { isKind, kindOf, noticeKinds, wordOf } from './kinds.ts'
import type { NoticeRow } from './queries.ts'
import { kindWord, sentenceOf, type Names } from './sentences.ts'

/** The kinds that this person can come to have. */
export const kindsFor = (actor: Actor) => noticeKinds.filter((kind) => mayEver(actor, kindOf(kind).for))

export function listPage(
  actor: Actor,
  query: ListQuery,
  found: { rows: NoticeRow[]; next: bigint | null },
  names: Names,
  now: Date,
) {
  const t = translate[actor.language]
  const lines = linesOf(found.rows).map((rows) => lineOf(actor, rows, names))
  return {
    filters: filtersOf(actor, query, t),
    days: byDay(lines, t, now),
    until: String(newestOf(found.rows)),
    someUnread: actor.unread > 0,
    back: addressWith(query),
    pager: {
      words: t('notices:pageWords', { n: lines.reduce((sum, { n }) => sum + n, 0) }),
      ...(query.before === undefined ? {} : { previous: addressWith({ ...query, before: undefined }) }),
      ...(found.next === null ? {} : { next: addressWith({ ...query, before: found.next }) }),
    },
    nothing: nothingFor(query, t),
  }
}

function nothingFor({ state, kind, day }: ListQuery, t: Translate) {
  if (kind || day) return { heading: t('notices:none.filtered') }
  if (state) return { heading: t('notices:none.unread') }
  return { heading: t('notices:none.all'), hint: t('notices:none.hint') }
}

const newestOf = (rows: NoticeRow[]) => rows.reduce((newest, { id }) => (id > newest ? id : newest), 0n)

/** Rows that share an anchor are one line. */
function linesOf(rows: NoticeRow[]): NoticeRow[][] {
  const lines = new Map<bigint, NoticeRow[]>()
  for (const row of rows) lines.set(row.anchor, [...(lines.get(row.anchor) ?? []), row])
  return [...lines.values()]
}

function lineOf(actor: Actor, rows: NoticeRow[], names: Names) {
  const first = rows[0]!
  const { kind, alike, unreadAlike } = first
  const t = translate[actor.language]
  const word = kindWord(actor.language, kind)
  const day = dateText(first.at)
  const items = rows.map((row) => itemOf(actor, row, names))
  if (alike === 1) return { day, n: 1, item: items[0]!, group: null }
  const group = {
    sentence: t('notices:several', { kind: word, n: alike }),
    unread: unreadAlike > 0 ? t('notices:severalUnread', { n: unreadAlike }) : null,
    icon: iconOf(kind),
    alike: `${kind}@${day}`,
    items,
    rest: alike > rows.length ? addressWith({ kind: isKind(kind) ? kind : undefined, day }) : null,
    all: t('notices:allOf', { n: alike }),
    day,
  }
  return { day, n: alike, item: null, group }
}

function itemOf({ language }: Actor, row: NoticeRow, names: Names) {
  return {
    id: String(row.id),
    sentence: sentenceOf(language, row, names),
    kind: kindWord(language, row.kind),
    icon: iconOf(row.kind),
    tone: isKind(row.kind) ? kindOf(row.kind).tone : 'wait',
    href: row.href,
    rule: row.rule,
    urgent: row.urgent,
    unread: row.readAt === null,
    datetime: row.at.toISOString(),
    at: dateTimeText(row.at).slice(11),
  }
}

const iconOf = (kind: string) => (isKind(kind) ? kindOf(kind).icon : 'info')

type Line = ReturnType<typeof lineOf>

function byDay(lines: Line[], t: Translate, now: Date) {
  const days = new Map<string, Line[]>()
  for (const line of lines) days.set(line.day, [...(days.get(line.day) ?? []), line])
  return [...days].map(([day, own]) => ({ day, word: dayWord(day, t, now), lines: own }))
}

function dayWord(day: string, t: Translate, now: Date): string {
  if (day === dateText(now)) return `${t('notices:today')} ${day}`
  const yesterday = dateText(new Date(now.getTime() - 24 * 3_600_000))
  return day === yesterday ? `${t('notices:yesterday')} ${day}` : day
}

function filtersOf(actor: Actor, query: ListQuery, t: Translate) {
  const kinds = kindsFor(actor).map((value) => ({ value, word: t(`notices:kind.${wordOf(value)}`) }))
  return {
    action: '/notices',
    label: t('notices:find'),
    choices: [
      {
        name: 'state',
        label: t('notices:filter.state'),
        value: query.state ?? '',
        options: [{ value: 'unread', word: t('notices:filter.unread') }],
      },
      { name: 'kind', label: t('notices:filter.kind'), value: query.kind ?? '', options: kinds },
    ],
    ...(query.day
      ? {
          kept: { day: query.day },
          conditions: [
            {
              label: t('notices:day'),
              word: query.day,
              remove: addressWith({ ...query, day: undefined, before: undefined }),
            },
          ],
        }
      : {}),
    ...(query.state || query.kind || query.day ? { clear: '/notices' } : {}),
  }
}

function addressWith(query: Partial<ListQuery>): string {
  const names = ['state', 'kind', 'day', 'before'] as const
  const search = new URLSearchParams()
  for (const name of names) if (query[name] !== undefined) search.set(name, String(query[name]))
  return search.size > 0 ? `/notices?${search}` : '/notices'
}
