import type { Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { At } from '../figure.ts'
import type { Figure } from '../reckoning.ts'
import { fenYuan } from '../saying.ts'
import { dayAfter } from './rules.ts'

/** 授信额 − 占用额 = 可用额 */
export function figureTerms(t: Translate, figure: Figure, at: At, today: string, window: number) {
  return [
    {
      word: t('creditFigure:term.limit'),
      figure: fenYuan(t, figure.limit),
      meaning: limitMeaning(t, figure, at.day, window),
    },
    {
      op: '−',
      word: t('creditFigure:term.exposure'),
      figure: fenYuan(t, figure.exposure),
      meaning: t('creditFigure:term.owed'),
    },
    {
      op: '=',
      word: t('creditFigure:term.available'),
      figure: fenYuan(t, figure.available),
      meaning: whenText(t, at, today),
      short: figure.available < 0,
    },
  ]
}

function limitMeaning(t: Translate, { eligible, method }: Figure, day: string, window: number): string {
  if (!eligible) return t('creditFigure:term.not_eligible')
  if (method !== 'rolling_30') return t(`creditFigure:term.${method}`)
  const [from, until] = [dayAfter(day, -window).slice(5), dayAfter(day, -1).slice(5)]
  return t('creditFigure:term.window', { from, until })
}

function whenText(t: Translate, { day, now }: At, today: string): string {
  if (day === today) return t('creditFigure:term.now', { time: dateTimeText(now).slice(11) })
  return t(day < today ? 'creditFigure:term.ended' : 'creditFigure:term.ahead', { day })
}
