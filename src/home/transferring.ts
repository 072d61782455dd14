import type { Calendar } from '../calendar/reckoning.ts'
import { deadlineTag } from '../deadlines/tag.ts'
import type { Translate } from '../i18n.ts'
import type { ToSign } from '../transfers/list.ts'
import { capped, type Queue } from './queues.ts'

/** ARC-03: transfers to the archive whose next signature is this person's, the longest ended first. */
export function transferQueue(t: Translate, toSign: ToSign, now: Date, calendar: Calendar): Queue[] {
  if (!toSign) return []
  const { count, first } = toSign
  const href = `/transfers/${first.number}`
  return [
    {
      count: capped(count),
      word: t('transfers:queue.waiting'),
      rule: { id: 'ARC-03' },
      list: '/transfers',
      oldest: first.title,
      href,
      what: t('transfers:queue.oldest', { date: first.endedOn }),
      act: { href, word: t('transfers:queue.open') },
      tag: first.clock ? null : { tone: 'wait', word: t(`transfers:state.${first.state}`) },
      ...(first.clock ? { deadline: deadlineTag(t, first.clock, now, calendar) } : {}),
    },
  ]
}
