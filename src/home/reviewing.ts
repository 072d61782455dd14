import type { Calendar } from '../calendar/reckoning.ts'
import { deadlineTag } from '../deadlines/tag.ts'
import type { Translate } from '../i18n.ts'
import type { ToReview } from '../viewings/home.ts'
import { capped, type Queue } from './queues.ts'

/** Wish 21: emergency viewings of others that somebody has to judge. */
export function reviewQueue(t: Translate, reviewing: ToReview, now: Date, calendar: Calendar): Queue[] {
  if (!reviewing) return []
  const { count, number, viewer, clock } = reviewing
  const href = `/viewings/${number}`
  return [
    {
      count: capped(count),
      word: t('viewings:list.review'),
      rule: { id: 'ARC-07' },
      list: '/viewings',
      oldest: number,
      href,
      what: viewer,
      act: { href: `${href}/review`, word: t('viewings:act.review') },
      tag: null,
      deadline: deadlineTag(t, clock, now, calendar),
    },
  ]
}
