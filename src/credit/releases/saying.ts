import type { Translate } from '../../i18n.ts'
import type { Release } from '../queries.ts'
import { holds as ruleOf, type Hold } from '../reckoning.ts'
import { fenYuan } from '../saying.ts'
import type { Scale } from './queries.ts'

type Term = { word: string; figure: string; meaning?: string; op?: '−' | '='; short?: boolean }

/** 授信额 − 占用额 = 可用额 */
export function figureTerms(t: Translate, { figure }: Pick<Scale, 'figure'>): Term[] {
  return [
    {
      word: t('releases:term.limit'),
      figure: fenYuan(t, figure.limit),
      meaning: figure.eligible ? t(`credit:method.${figure.method}`) : t('releases:term.notEligible'),
    },
    {
      op: '−',
      word: t('releases:term.exposure'),
      figure: fenYuan(t, figure.exposure),
      meaning: t('releases:term.owed'),
    },
    { op: '=', word: t('releases:term.available'), figure: fenYuan(t, figure.available), short: figure.available < 0 },
  ]
}

/** 本次申请 − 为它收的款 − 可用额 = 超出 */
export function shortTerms(t: Translate, { figure, request, weighed }: Scale, goods: string): Term[] {
  const available = Math.max(0, figure.available)
  return [
    { word: t('releases:term.asked'), figure: fenYuan(t, request.amount), meaning: goods },
    ...(weighed.cash > 0
      ? [{ op: '−' as const, word: t('releases:term.paid'), figure: fenYuan(t, weighed.cash) }]
      : []),
    { op: '−', word: t('releases:term.available'), figure: fenYuan(t, available) },
    weighed.short > 0
      ? { op: '=', word: t('releases:term.short'), figure: fenYuan(t, weighed.short), short: true }
      : { op: '=', word: t('releases:term.left'), figure: fenYuan(t, available - (request.amount - weighed.cash)) },
  ]
}

/** Why it is held: each reason by its rule, and what to do. */
export const stopsOf = (t: Translate, holds: readonly string[]) =>
  holds
    .filter((hold): hold is Hold => hold in ruleOf)
    .map((hold) => ({
      act: t('releases:stop', { what: t(`credit:hold.${hold}`) }),
      reason: t(`releases:stops.${hold}`),
      rule: { id: ruleOf[hold] },
    }))

/** The same in one line. */
export const holdWords = (t: Translate, holds: readonly string[]): string =>
  holds
    .filter((hold): hold is Hold => hold in ruleOf)
    .map((hold) => t(`credit:hold.${hold}`))
    .join(t('web:comma'))

const tones = { held: 'bad', released: 'go', shipped: 'ok', cancelled: 'warn' } as const
export const stateTag = (t: Translate, state: Release['state']) => ({
  tone: tones[state],
  word: t(`credit:state.${state}`),
})
