import type { Translate } from '../../i18n.ts'
import { dayText } from '../../lib/days.ts'
import { fenOf, moneyText, yuanText } from '../../lib/money.ts'
import type { Plan } from './queries.ts'
import { progressOf, type LineState, type Money } from './rules.ts'

export const yuan = (t: Translate, amount: string): string => t('credit:yuan', { amount: moneyText(amount) })
export const fen = (t: Translate, amount: number): string => yuan(t, yuanText(amount))

const tones = { kept: 'ok', late: 'warn', broken: 'bad', open: 'wait' } as const
export const stateTag = (t: Translate, state: LineState) => ({
  tone: tones[state],
  word: t(`repayment:state.${state}`),
})

/** The lines of a plan with what came of each. */
export function linesShown(t: Translate, plan: Plan, money: readonly Money[], today: string) {
  const promised = plan.lines.map(({ dueOn, amount }) => ({ due: dayText(dueOn), amount: fenOf(amount.toFixed(2)) }))
  return progressOf(promised, money, today).map(({ due, amount, got, state }, at) => ({
    n: at + 1,
    due,
    amount: fen(t, amount),
    got: fen(t, got),
    state: stateTag(t, state),
    broken: state === 'broken',
  }))
}
