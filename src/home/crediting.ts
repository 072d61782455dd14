import type { CreditAtHome } from '../credit/around/home.ts'
import type { Translate } from '../i18n.ts'
import { mostDays } from '../credit/overview/over.ts'
import { dateText } from '../lib/dates.ts'
import { moneyText, yuanText } from '../lib/money.ts'
import { capped, type Queue } from './queues.ts'

/** Wishes 52, 59: what is held, and who is over the limit, with how much and for how long. */
export const creditQueues = (t: Translate, found: CreditAtHome): Queue[] => [
  ...heldQueue(t, found),
  ...overQueue(t, found),
]

function heldQueue(t: Translate, { held }: CreditAtHome): Queue[] {
  if (!held) return []
  const { number, customer, amount, requestedAt } = held.first
  const href = `/releases/${number}`
  return [
    {
      count: capped(held.count),
      word: t('creditFigure:queue.held'),
      rule: { id: 'CRD-06' },
      list: '/releases?tab=held',
      oldest: customer,
      href,
      what: t('creditFigure:queue.heldWhat', { amount: `¥${moneyText(amount)}`, since: dateText(requestedAt) }),
      act: { href, word: t('creditFigure:queue.act.held') },
      tag: { tone: 'bad', word: t('creditFigure:queue.tag.held') },
    },
  ]
}

function overQueue(t: Translate, { over }: CreditAtHome): Queue[] {
  if (!over) return []
  const { number, name, exposure, limit, days: n } = over.first
  const days = t(n >= mostDays ? 'creditFigure:overview.daysMost' : 'creditFigure:overview.days', { n })
  return [
    {
      count: capped(over.count),
      word: t('creditFigure:queue.over'),
      rule: { id: 'CRD-03' },
      list: '/credit#over',
      oldest: name,
      href: `/credit/customers/${number}`,
      what: t('creditFigure:queue.overDays', { amount: `¥${moneyText(yuanText(exposure - limit))}`, days }),
      act: { href: '/credit#over', word: t('creditFigure:queue.act.over') },
      tag: { tone: 'warn', word: t('creditFigure:queue.tag.over') },
    },
  ]
}
