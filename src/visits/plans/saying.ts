import type { VisitPlanState, VisitState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { weekdayOf } from '../../calendar/week.ts'

const planTones = { draft: 'wait', waiting: 'go', approved: 'ok', returned: 'bad', refused: 'bad' } as const
export const planTag = (t: Translate, state: VisitPlanState) => ({
  tone: planTones[state],
  word: t(`visits:planState.${state}`),
})

const tones = {
  draft: 'wait',
  waiting: 'go',
  refused: 'bad',
  approved: 'go',
  done: 'go',
  reported: 'ok',
  cancelled: 'warn',
} as const
export const visitTag = (t: Translate, state: VisitState) => ({ tone: tones[state], word: t(`visits:state.${state}`) })

type When = { startsAt: Date; timed: boolean }

/** 09:30, or that the hour is open. */
export const hourText = (t: Translate, { startsAt, timed }: When): string =>
  timed ? dateTimeText(startsAt).slice(11) : t('visitPlans:calendar.open')

type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7
export const weekdayText = (t: Translate, day: string): string => t(`visitPlans:weekday.${weekdayOf(day) as Weekday}`)

/** 12-04 周五 */
export const dayWords = (t: Translate, day: string): string => `${day.slice(5)} ${weekdayText(t, day)}`

/** 12-04 周五 09:30 */
export const whenWords = (t: Translate, when: When): string =>
  [dayWords(t, dateText(when.startsAt)), ...(when.timed ? [hourText(t, when)] : [])].join(' ')

/** What the notice says of a line: whom, and when. */
export const lineNotice = ({ language }: Actor, line: When & { party: string }) => ({
  party: line.party,
  day: whenWords(translate[language], line),
})
