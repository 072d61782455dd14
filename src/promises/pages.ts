import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { dayText } from '../lib/days.ts'
import type { Visit } from '../visits/queries.ts'
import type { PromiseQuery } from './forms.ts'
import { countedTo, type PromiseList } from './list.ts'
import { rowOf } from './rows.ts'
import { longestPromise, mayPromise } from './rules.ts'

type Person = { number: string; name: string }
type Office = { now: Date; calendar: Calendar }

/** /promises: what is to be kept, by its day; what was kept or withdrawn, by when it ended. */
export function listPage(
  actor: Actor,
  query: PromiseQuery,
  list: PromiseList,
  owners: Person[],
  { now, calendar }: Office,
) {
  const t = translate[actor.language]
  const narrowed = Boolean(query.owner || query.customer || query.state || query.month || query.unit || query.reach)
  return {
    tabs: list.tabs.map(({ name, count }) => ({
      href: addressOf({ ...query, tab: name, owner: '' }),
      word: t(`promises:tab.${name}`),
      count: capped(count),
      current: name === query.tab,
    })),
    late:
      list.overdue > 0 && query.state !== 'overdue'
        ? {
            text: t('promises:overdueHere', { n: capped(list.overdue) }),
            href: addressOf({ tab: query.tab, state: 'overdue' }),
          }
        : null,
    rows: list.rows.map((row) => rowOf(t, row, now, calendar)),
    filters: filtersOf(t, query, owners, narrowed),
    pager: pagerOf(t, query, list),
    file: list.rows.length > 0 && mayEver(actor, 'visits.export') ? addressOf(query, {}, '/promises/file') : null,
    nothing: narrowed
      ? {
          heading: t('promises:noneFiltered'),
          next: { href: addressOf({ tab: query.tab }), word: t('promises:clear') },
        }
      : { heading: t('promises:none'), hint: t(`promises:noneHint.${query.tab}`) },
  }
}

function addressOf(
  { tab, state = '', owner = '', customer = '', month = '', unit = '', reach = '' }: Partial<PromiseQuery>,
  more = {},
  path = '/promises',
): string {
  const kept = { ...(tab === 'mine' ? {} : { tab }), state, owner, customer, month, unit, reach, ...more }
  const search = new URLSearchParams(Object.entries(kept).filter(([, value]) => value) as [string, string][])
  return search.size > 0 ? `${path}?${search}` : path
}

const states = ['overdue', 'kept', 'kept_late', 'withdrawn', 'all'] as const

function filtersOf(
  t: Translate,
  { tab, state, owner, customer, ...query }: PromiseQuery,
  owners: Person[],
  narrowed: boolean,
) {
  const people = owners.map(({ number, name }) => ({ value: number, word: `${name} ${number}` }))
  const byOwner = { name: 'owner', label: t('promises:choose.owner'), value: owner, options: people }
  const words = states.map((value) => ({ value, word: t(`promises:choose.${value}`) }))
  return {
    action: '/promises',
    find: { name: 'customer', value: customer, label: t('promises:choose.customer') },
    choices: [
      { name: 'state', label: t('promises:choose.open'), value: state, options: words },
      ...(tab === 'mine' ? [] : [byOwner]),
    ],
    kept: {
      ...(tab === 'mine' ? {} : { tab }),
      ...Object.fromEntries(
        (['month', 'unit', 'reach'] as const).flatMap((name) => (query[name] ? [[name, query[name]]] : [])),
      ),
    },
    conditions: query.month
      ? [{ label: t('promises:choose.dueIn'), word: query.month, remove: addressOf({ tab, state, owner, customer }) }]
      : [],
    ...(narrowed ? { clear: addressOf({ tab }) } : {}),
  }
}

function pagerOf(t: Translate, query: PromiseQuery, { rows, count, more }: PromiseList) {
  return {
    words: count > countedTo ? t('promises:many', { n: countedTo }) : t('promises:count', { n: count }),
    ...(query.after ? { previous: addressOf(query) } : {}),
    ...(more ? { next: addressOf(query, { after: rows.at(-1)!.number }) } : {}),
  }
}

const capped = (count: number) => (count > countedTo ? `${countedTo}+` : String(count))

type Colleague = Person & { department: { name: string } | null }

/** The short form on a visit's page, also days after the visit. */
export function promisePage(
  actor: Actor,
  visit: Visit,
  colleagues: Colleague[],
  { now, next }: { now: Date; next: Date },
) {
  const today = dateText(now)
  const on = dayText(visit.onDay)
  const t = translate[actor.language]
  return {
    visit: { number: visit.number, party: visit.party, day: on },
    colleagues: colleagues.map(({ number, name, department }) => ({
      value: number,
      word: [name, number, department?.name].filter(Boolean).join(' '),
    })),
    me: actor.number,
    problem: mayPromise(visit, now) ? null : { text: t('promises:refused.notVisited'), rule: { id: 'VIS-07' } },
    today,
    tomorrow: dateText(next),
    promisedOn: on < today ? on : today,
    longest: longestPromise,
  }
}
