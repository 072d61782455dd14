import { VisitPurpose } from '../../../prisma/client/enums.ts'
import type { ObjectList } from '../../approvals/contract.ts'
import type { Translate } from '../../i18n.ts'
import { costText, whenText } from '../spendings/saying.ts'
import type { PlanLine } from './queries.ts'

const columns = ['when', 'who', 'purposes', 'costs'] as const

/** `waits`: nothing is decided of a line yet. */
export function tableOf(t: Translate, lines: readonly PlanLine[], waits: boolean): ObjectList {
  const heads = [...columns, ...(waits ? [] : (['state'] as const))]
  return {
    columns: heads.map((name) => t(`visitDecisions:card.column.${name}`)),
    rows: lines.map((line) => [
      whenText(t, line),
      [line.party, line.grade].filter(Boolean).join(' '),
      line.purposes.map((one) => t(`visits:purpose.${one}`)).join(t('web:comma')),
      costsOfLine(t, line),
      ...(waits ? [] : [stateText(t, line)]),
    ]),
    more: null,
  }
}

const costsOfLine = (t: Translate, { costs }: PlanLine): string =>
  costs
    .map((cost) => {
      const text = costText(t, cost)
      if (cost.state === 'within') return text
      if (cost.state === 'asked') return t('visitDecisions:cost.over', { cost: text })
      return t('visitDecisions:cost.withState', { cost: text, state: t(`visits:spendingState.${cost.state}`) })
    })
    .join(t('regulations:semicolon'))

const stateText = (t: Translate, { state, verdict }: PlanLine): string =>
  [t(`visits:state.${state}`), verdict].filter(Boolean).join(t('web:comma'))

const counted = (t: Translate, words: [string, number][]): string =>
  words
    .filter(([, n]) => n > 0)
    .map(([word, n]) => t('visitDecisions:card.nOf', { word, n }))
    .join(t('web:comma'))

/** 催收货款 3，开发新客户 2 */
export const byPurpose = (t: Translate, lines: readonly PlanLine[]): string =>
  counted(
    t,
    Object.values(VisitPurpose).map((purpose) => [
      t(`visits:purpose.${purpose}`),
      lines.filter(({ purposes }) => purposes.includes(purpose)).length,
    ]),
  )

export function byGrade(t: Translate, lines: readonly PlanLine[]): string {
  const of = (grade: string | null) => lines.filter((line) => line.customerId !== null && line.grade === grade).length
  return counted(t, [
    ['A', of('A')],
    ['B', of('B')],
    ['C', of('C')],
    [t('visitDecisions:card.ungraded'), of(null)],
    [t('visitDecisions:card.noCustomer'), lines.filter(({ customerId }) => customerId === null).length],
  ])
}
