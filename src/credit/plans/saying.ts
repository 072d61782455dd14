import type { Translate } from '../../i18n.ts'
import { dayText } from '../../lib/days.ts'
import { fenOf } from '../../lib/money.ts'
import { fenYuan } from '../saying.ts'
import type { Plan } from './queries.ts'
import { progressOf, type LineState, type Money } from './rules.ts'

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
    amount: fenYuan(t, amount),
    got: fenYuan(t, got),
    state: stateTag(t, state),
    broken: state === 'broken',
  }))
}
