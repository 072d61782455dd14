import type { Actor } from '../access/actor.ts'
import { deadlineTag } from '../deadlines/tag.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { requestStates, type ListQuery } from './forms.ts'
import { countedTo } from './inbox.ts'
import { tabsFor } from './inbox-page.ts'
import { kindNames, wordOf } from './kinds.ts'
import type { ListedRequest, RequestPage } from './lists.ts'
import { tones } from './request-page.ts'
import { roleText, whoText } from './steps-page.ts'
import type { Titles } from './titles.ts'

export type ListName = 'mine' | 'decided' | 'register'
type Listed = { page: RequestPage; titles: Titles }

/** APR-01: what one asked for, what one decided, and the register of all: from new to old, with the same conditions. */
export function listPage(
  actor: Actor,
  name: ListName,
  { page, titles }: Listed,
  query: ListQuery,
  now: Date,
  calendar: Calendar,
) {
  const t = translate[actor.language]
  const conditions = query.kind || query.state || query.from || query.until || query.person
  return {
    name,
    heading: t(`approvals:list.${name}`),
    lede: name === 'register' ? t('approvals:list.registerLede') : null,
    tabs: tabsFor(actor, name),
    filters: filtersOf(t, name, query),
    rows: page.rows.map((row) => rowOf(t, row, titles, now, calendar)),
    pager: pagerOf(t, name, page, query),
    nothing:
      conditions || name === 'register'
        ? { heading: t('approvals:list.none'), hint: t('approvals:list.noneHint') }
        : {
            heading: t(name === 'mine' ? 'approvals:list.noneMine' : 'approvals:list.noneDecided'),
            hint: t(name === 'mine' ? 'approvals:list.noneMineHint' : 'approvals:list.noneDecidedHint'),
          },
  }
}

function rowOf(t: Translate, row: ListedRequest, titles: Titles, now: Date, calendar: Calendar) {
  const { number, kind, state, reason, waitsFor, last } = row
  const clock = waitsFor?.clock
  return {
    number,
    href: `/approvals/${number}`,
    kind: t(`approvals:kind.${wordOf(kind)}`),
    title: titles.get(row.id) ?? reason ?? '',
    filedBy: row.filedBy,
    filedAt: dateTimeText(row.filedAt),
    state: { tone: tones[state], word: t(`approvals:state.${state}`) },
    who: waitsFor ? waitsText(t, waitsFor) : last ? lastText(t, last) : '',
    deadline: state === 'waiting' && clock ? deadlineTag(t, clock, now, calendar) : null,
  }
}

const waitsText = (t: Translate, { role, seniorRole, staff }: NonNullable<ListedRequest['waitsFor']>) =>
  t('approvals:list.waitsFor', {
    who: staff ?? roleText(t, { role, seniorRole, staff, insteadOf: null, addedBy: null }),
  })

const lastText = (t: Translate, last: NonNullable<ListedRequest['last']>) =>
  t('approvals:list.decidedBy', { by: whoText(t, { decidedBy: last.by, for: last.for }), at: dateTimeText(last.at) })

function filtersOf(t: Translate, name: ListName, { kind, state, from, until, person }: ListQuery) {
  return {
    action: `/approvals/${name}`,
    kind,
    state,
    from,
    until,
    person: name === 'register' ? person : null,
    kinds: kindNames.map((value) => ({ value, word: t(`approvals:kind.${wordOf(value)}`) })),
    states: [
      { value: 'ended', word: t('approvals:list.ended') },
      ...requestStates.map((value) => ({ value, word: t(`approvals:state.${value}`) })),
    ],
    clear: kind || state || from || until || person ? `/approvals/${name}` : null,
  }
}

function pagerOf(t: Translate, name: ListName, { rows, earlier, later, count }: RequestPage, query: ListQuery) {
  const [first, last] = [rows[0], rows.at(-1)]
  const words =
    count > countedTo ? t('approvals:list.countMany', { n: countedTo }) : t('approvals:list.count', { n: count })
  return {
    words,
    ...(earlier && first ? { previous: addressOf(name, { ...query, before: first.number, after: undefined }) } : {}),
    ...(later && last ? { next: addressOf(name, { ...query, after: last.number, before: undefined }) } : {}),
  }
}

function addressOf(name: ListName, query: ListQuery): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value) search.set(key, value)
  return search.size > 0 ? `/approvals/${name}?${search}` : `/approvals/${name}`
}
