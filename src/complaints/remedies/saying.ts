import type { Translate } from '../../i18n.ts'
import { moneyText } from '../../lib/money.ts'
import type { LevelFacts, LevelFigures, LevelReason } from '../level.ts'
import { groundsOf, type Item, type Weight } from './rules.ts'

type Money = { toFixed: (digits: number) => string }
export const yuan = (amount: Money | string): string =>
  moneyText(typeof amount === 'string' ? amount : amount.toFixed(2))

/** 两托盘冻品按进价 ¥7,860.00; what costs nothing without the amount. */
export function itemText(t: Translate, { text, amount }: Pick<Item, 'text'> & { amount: Money }): string {
  return Number(amount.toFixed(2)) === 0 ? text : t('remedies:item', { text, amount: yuan(amount) })
}

/** CMP-10: why it is signed by whom. */
export const groundsText = (t: Translate, weight: Weight): string =>
  t(`remedies:grounds.${groundsOf(weight)}`, { limit: yuan(weight.limit.toFixed(2)) })

/** CMP-06: a fact that speaks for the level, with its figure and its bound. */
export function reasonText(t: Translate, { fact }: LevelReason, facts: LevelFacts, figures: LevelFigures): string {
  const bounds: Partial<Record<LevelReason['fact'], string>> = {
    majorHouseholds: String(figures.majorHouseholds),
    importantHouseholds: String(figures.importantHouseholds),
    majorCompensation: yuan(figures.majorCompensation.toFixed(2)),
    importantCompensation: yuan(figures.importantCompensation.toFixed(2)),
  }
  const amount = yuan(facts.compensation.toFixed(2))
  const params = { households: facts.households, amount, bound: bounds[fact] ?? '' }
  return t(`complaints:fact.${fact}`, params)
}
