import type { Calendar } from '../calendar/reckoning.ts'
import { deadlineTag } from '../deadlines/tag.ts'
import type { DueCustomer } from '../coverage/queries.ts'
import { ruleIdOf } from '../coverage/rules.ts'
import type { Key, Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { PromisesAtHome } from '../promises/home.ts'
import type { UrgentPlan, UrgentVisit, VisitQueue, VisitsAtHome } from '../visits/around/home.ts'
import { capped, type Queue } from './queues.ts'

/** Wish 45: what of visits waits for this person, each with the most urgent and one button. */
export function visitQueues(t: Translate, found: VisitsAtHome, now: Date, calendar: Calendar): Queue[] {
  const { plan, ...visits } = found
  return [
    ...(['today', 'reports', 'unconfirmed', 'reviews'] as const).flatMap((name) =>
      queueOf(t, name, visits[name], now, calendar),
    ),
    ...(plan ? [planQueue(t, plan, now, calendar)] : []),
  ]
}

type Way = { rule: string; list: (visit: UrgentVisit) => string; act: (number: string) => string; word: Key }

/** Where they are listed, where the first of them is acted upon, and by which rule. */
const ways: Record<VisitQueue, Way> = {
  today: { rule: 'VIS-11', list: () => '/visits/day', act: () => '/visits/day', word: 'visitHome:act.today' },
  unconfirmed: {
    rule: 'VIS-03',
    list: ({ startsAt }) => `/visits/day?on=${dateText(startsAt)}`,
    act: (number) => `/visits/${number}/appointment`,
    word: 'visitHome:act.unconfirmed',
  },
  reports: {
    rule: 'VIS-06',
    list: () => '/visits/reports?tab=due',
    act: (number) => `/visits/${number}/report`,
    word: 'visitHome:act.reports',
  },
  reviews: {
    rule: 'VIS-06',
    list: () => '/visits/reports?tab=waiting',
    act: (number) => `/visits/${number}`,
    word: 'visitHome:act.reviews',
  },
}

function queueOf(t: Translate, name: VisitQueue, found: UrgentVisit | null, now: Date, calendar: Calendar): Queue[] {
  if (!found) return []
  const { count, number, party, clock } = found
  const { rule, list, act, word } = ways[name]
  return [
    {
      count: capped(count),
      word: t(`visitHome:queue.${name}`),
      rule: { id: rule },
      list: list(found),
      oldest: party,
      href: `/visits/${number}`,
      what: whatOf(t, name, found),
      act: { href: act(number), word: t(word) },
      tag: { tone: 'wait', word: t(`visitHome:tag.${name}`) },
      ...(clock && name === 'reports' ? { deadline: deadlineTag(t, clock, now, calendar) } : {}),
    },
  ]
}

/** When and where the next one is; of a report, who went and when. */
function whatOf(t: Translate, name: VisitQueue, { startsAt, timed, district, place, owner }: UrgentVisit): string {
  const time = timed ? dateTimeText(startsAt).slice(11) : t('visitHome:untimed')
  if (name === 'reviews') return t('visitHome:visitedBy', { day: dateText(startsAt), person: owner })
  if (name === 'reports') return t('visitHome:visitedOn', { at: dateTimeText(startsAt) })
  return [time, district, place].filter(Boolean).join(' ')
}

/** VIS-01: next month's plan, and one that came back. */
function planQueue(t: Translate, { month, number, state, clock }: UrgentPlan, now: Date, calendar: Calendar): Queue {
  const href = number ? `/visits/plans/${number}` : `/visits/plans?month=${month}`
  const back = state === 'returned' || state === 'refused'
  return {
    count: '1',
    word: t(back ? 'visitHome:queue.planBack' : 'visitHome:queue.plan'),
    rule: { id: 'VIS-01' },
    list: '/visits/plans',
    oldest: t('visits:planOf', { month }),
    href,
    what: number ? number : t('visitHome:planNone'),
    act: { href, word: t(number ? 'visitHome:act.plan' : 'visitHome:act.planNew') },
    tag: {
      tone: back ? 'bad' : 'wait',
      word: state ? t(`visits:planState.${back ? state : 'draft'}`) : t('visitHome:tag.plan'),
    },
    ...(clock && !back ? { deadline: deadlineTag(t, clock, now, calendar) } : {}),
  }
}

/** VIS-07: what was promised to customers, by the day it was promised for. */
export function promiseQueue(t: Translate, found: PromisesAtHome, now: Date, calendar: Calendar): Queue[] {
  if (!found) return []
  const { count, overdue, first } = found
  return [
    {
      count: capped(count),
      word: t('visitHome:queue.promises'),
      rule: { id: 'VIS-07' },
      list: '/promises',
      oldest: first.what,
      href: `/tasks/${first.number}`,
      what: [first.customer?.name ?? '', overdue > 0 ? t('visitHome:overdue', { n: capped(overdue) }) : '']
        .filter(Boolean)
        .join(t('web:comma')),
      act: { href: '/promises', word: t('visitHome:act.promises') },
      tag: { tone: 'wait', word: t('visitHome:tag.promises') },
      ...(first.clock ? { deadline: deadlineTag(t, first.clock, now, calendar) } : {}),
    },
  ]
}

/** VIS-10, REL-01: whom one has to be in touch with by the end of the month, the longest overdue first. */
export function coverageQueue(t: Translate, due: readonly DueCustomer[], now: Date): Queue[] {
  const [first] = due
  const [by] = first?.due ?? []
  if (!first || !by) return []
  const over = by.dueOn < dateText(now)
  const list = `/coverage?rule=${by.rule}${by.rule === 'manager' ? '' : '&owner=mine'}`
  return [
    {
      count: capped(due.length),
      word: t('visitHome:queue.coverage'),
      rule: { id: ruleIdOf[by.rule] },
      list,
      oldest: first.name,
      href: `/customers/${first.number}`,
      what: t(over ? 'visitHome:dueSince' : 'visitHome:dueBy', { date: by.dueOn }),
      act: { href: list, word: t('visitHome:act.coverage') },
      tag: { tone: over ? 'warn' : 'wait', word: t(over ? 'visitHome:tag.coverageOver' : 'visitHome:tag.coverage') },
    },
  ]
}
