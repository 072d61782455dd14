import { overText } from '../credit/ageing/saying.ts'
import type { CreditAtHome } from '../credit/around/home.ts'
import { longHeldDays } from '../credit/releases/list/queries.ts'
import { holdWords } from '../credit/releases/saying.ts'
import { fenYuan, yuan } from '../credit/saying.ts'
import type { Translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { capped, type Queue } from './queues.ts'

/** Wishes 52, 59, CRD-13: what is to be shipped, what of one's own is held for days, what is held, and who is over the limit, with how much and for how long. */
export const creditQueues = (t: Translate, found: CreditAtHome): Queue[] => [
  ...shipQueue(t, found),
  ...longQueue(t, found),
  ...heldQueue(t, found),
  ...overQueue(t, found),
]

function shipQueue(t: Translate, { ship }: CreditAtHome): Queue[] {
  if (!ship) return []
  const { number, name, goods, releasedAt } = ship.first
  return [
    {
      count: capped(ship.count),
      word: t('creditFigure:queue.ship'),
      rule: { id: 'CRD-13' },
      list: '/releases/shipping',
      oldest: name,
      href: `/releases/${number}`,
      what: t('creditFigure:queue.shipWhat', { goods, since: dateText(releasedAt) }),
      act: { href: '/releases/shipping', word: t('creditFigure:queue.act.ship') },
      tag: { tone: 'go', word: t('creditFigure:queue.tag.ship') },
    },
  ]
}

function longQueue(t: Translate, { long }: CreditAtHome): Queue[] {
  if (!long) return []
  const { count, number, customer, since, holds } = long
  const href = `/releases/${number}`
  return [
    {
      count: capped(count),
      word: t('creditFigure:queue.long', { days: longHeldDays }),
      rule: { id: 'CRD-06' },
      list: `/releases?state=held&whose=mine&waits=${longHeldDays}`,
      oldest: customer,
      href,
      what: t('creditFigure:queue.longWhat', { since: dateText(since), why: holdWords(t, holds) }),
      act: { href, word: t('creditFigure:queue.act.held') },
      tag: { tone: 'bad', word: t('creditFigure:queue.tag.held') },
    },
  ]
}

function heldQueue(t: Translate, { held }: CreditAtHome): Queue[] {
  if (!held) return []
  const { number, customer, amount, requestedAt } = held.first
  const href = `/releases/${number}`
  return [
    {
      count: capped(held.count),
      word: t('creditFigure:queue.held'),
      rule: { id: 'CRD-06' },
      list: '/releases?state=held',
      oldest: customer,
      href,
      what: t('creditFigure:queue.heldWhat', { amount: yuan(t, amount), since: dateText(requestedAt) }),
      act: { href, word: t('creditFigure:queue.act.held') },
      tag: { tone: 'bad', word: t('creditFigure:queue.tag.held') },
    },
  ]
}

function overQueue(t: Translate, { over }: CreditAtHome): Queue[] {
  if (!over) return []
  const { number, name, exposure, limit } = over.first
  const days = overText(t, over.first.days)
  return [
    {
      count: capped(over.count),
      word: t('creditFigure:queue.over'),
      rule: { id: 'CRD-03' },
      list: '/credit#over',
      oldest: name,
      href: `/credit/customers/${number}`,
      what: t('creditFigure:queue.overDays', { amount: fenYuan(t, exposure - limit), days }),
      act: { href: '/credit#over', word: t('creditFigure:queue.act.over') },
      tag: { tone: 'warn', word: t('creditFigure:queue.tag.over') },
    },
  ]
}
