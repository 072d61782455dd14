import type { Calendar } from '../calendar/reckoning.ts'
import type { ComplaintsAtHome, Statement, UrgentComplaint } from '../complaints/home.ts'
import type { MeasuresAtHome, UrgentMeasure } from '../complaints/measures/home.ts'
import { deadlineTag } from '../deadlines/tag.ts'
import type { Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { capped, type Queue } from './queues.ts'

/** What of complaints waits for this person, each with the most urgent and one button. */
export function complaintQueues(t: Translate, found: ComplaintsAtHome, now: Date, calendar: Calendar): Queue[] {
  const { judging, mine, assigning, callingBack, answering } = found
  return [
    ...queueOf(t, 'mine', mine, now, calendar),
    ...queueOf(t, 'judging', judging, now, calendar),
    ...queueOf(t, 'assigning', assigning, now, calendar),
    ...queueOf(t, 'callingBack', callingBack, now, calendar),
    ...statementQueue(t, answering),
  ]
}

type Name = 'judging' | 'mine' | 'assigning' | 'callingBack'

/** Where they are listed, where the first of them is acted upon, and by which rule. */
const ways = {
  mine: { list: '/complaints?scope=mine', act: '', word: 'home:complaints.handle', rule: 'CMP-14' },
  judging: { list: '/complaints?state=received', act: '/judgement', word: 'home:complaints.judge', rule: 'CMP-07' },
  assigning: {
    list: '/complaints?owner=none&state=investigating.proposing.approving.telling.asking.improving.answering',
    act: '/assignment',
    word: 'home:complaints.assign',
    rule: 'CMP-13',
  },
  callingBack: {
    list: '/complaints?state=asking',
    act: '/call-back',
    word: 'home:complaints.callBack',
    rule: 'CMP-11',
  },
} as const satisfies Record<Name, object>

function queueOf(t: Translate, name: Name, found: UrgentComplaint | null, now: Date, calendar: Calendar): Queue[] {
  if (!found) return []
  const { count, number, kind, level, state, clock } = found
  const { list, act, word, rule } = ways[name]
  const href = `/complaints/${number}`
  return [
    {
      count: capped(count),
      word: t(`home:complaints.${name}`),
      rule: { id: rule },
      list,
      oldest: t('home:complaints.oldest', { number }),
      href,
      what: [t(`complaints:kind.${kind}`), t(`complaints:level.${level}`)].join(t('web:comma')),
      act: { href: `${href}${act}`, word: t(word) },
      tag: { tone: 'wait', word: t(`complaints:state.${state}`) },
      ...(clock ? { deadline: deadlineTag(t, clock, now, calendar) } : {}),
    },
  ]
}

/** CMP-03: all that somebody complained about sees of it. */
function statementQueue(t: Translate, found: Statement | null): Queue[] {
  if (!found) return []
  const href = `/statements/${found.id}`
  return [
    {
      count: capped(found.count),
      word: t('home:complaints.answering'),
      rule: { id: 'CMP-03' },
      list: href,
      oldest: t('home:complaints.fact'),
      href,
      what: t('home:complaints.putAt', { at: dateTimeText(found.putAt) }),
      act: { href, word: t('home:complaints.answer') },
      tag: { tone: 'wait', word: t('home:complaints.answering') },
    },
  ]
}

/** CMP-18: what one has to do, and what of others one has to look at. */
export function measureQueues(
  t: Translate,
  { doing, checking }: MeasuresAtHome,
  now: Date,
  calendar: Calendar,
): Queue[] {
  return [
    ...measureQueue(t, 'measures', '/measures', doing, now, calendar),
    ...measureQueue(t, 'checks', '/measures?tab=checks', checking, now, calendar),
  ]
}

function measureQueue(
  t: Translate,
  name: 'measures' | 'checks',
  list: string,
  found: UrgentMeasure | null,
  now: Date,
  calendar: Calendar,
): Queue[] {
  if (!found) return []
  const href = `/measures/${found.number}`
  const ends = { metAt: null, pausedAt: null, cancelledAt: null, unit: 'moment' } as const
  return [
    {
      count: capped(found.count),
      word: t(`home:complaints.${name}`),
      rule: { id: 'CMP-18' },
      list,
      oldest: found.number,
      href,
      what: '',
      act: { href, word: t(name === 'measures' ? 'home:complaints.do' : 'home:complaints.check') },
      tag: null,
      deadline: deadlineTag(t, { ...found, ...ends }, now, calendar),
    },
  ]
}
