import type { Tx } from '../../db.ts'
import { fenOf, moneyText, yuanText } from '../../lib/money.ts'
import type { Refusal } from '../../lib/refused.ts'
import { actualProblems, weigh, type Actual, type Limit, type Weighed } from '../spending.ts'
import { costsOf, limitFor, type Cost } from '../spendings/queries.ts'
import type { ReportInput } from './forms.ts'

type Given = Pick<ReportInput, 'actuals' | 'costs'>
type Row = Weighed & { id: bigint; actual: string | null }

/**
 * VIS-04: what was spent, of what was asked for and besides. What was not asked for counts with what was really spent of
 * the same: above the limit it is refused. Costs whose row is incomplete are for reportProblems.
 */
export function costProblems(asked: readonly Row[], { actuals, costs }: Given, limit: Limit): Refusal[] {
  const spent = asked.map((row): Actual => ({ ...row, ...actualOf(row, actuals), field: `actual-${row.id}` }))
  const further = costs.flatMap(({ n, kind, what, amount }) =>
    what && amount ? [{ field: `costAmount${n}`, kind, what, quantity: 1, price: amount }] : [],
  )
  const known = spent.flatMap((one): Weighed[] =>
    one.actual === null ? [] : [{ ...one, quantity: 1, price: one.actual, total: one.actual }],
  )
  const weighed = weigh(further, known, limit)
  const above = weighed.flatMap(({ kind, what, total, state }, at): Refusal[] => {
    if (state === 'within') return []
    const params = { what, actual: moneyText(total), most: moneyText(yuanText(limit(kind) * 100)) }
    return [{ rule: 'VIS-04', reason: 'visits:refused.spentOverLimit', field: further[at]!.field, params }]
  })
  return [...actualProblems(spent, limit), ...above]
}

const actualOf = ({ id, actual }: Row, actuals: Given['actuals']) => ({
  actual: (actuals.find((one) => one.id === id) ?? { actual }).actual,
})

/** What stands against these costs of a visit, by the limit of whose visit it is. */
export async function refusalsOfCosts(tx: Tx, visit: { id: bigint; ownerId: bigint }, given: Given, now: Date) {
  return costProblems(await costsOf(visit, tx), given, await limitFor(visit.ownerId, now, tx))
}

/** Writes down what was spent; answers with what the trail tells of it. */
export async function writeCosts(tx: Tx, visit: { id: bigint }, given: Given): Promise<string[]> {
  const known = await costsOf(visit, tx)
  for (const { id, actual } of given.actuals) {
    const row = known.find((one) => one.id === id)
    if (row && !isSame(row, actual)) await tx.visitSpending.update({ where: { id }, data: { actual } })
  }
  for (const { kind, what, amount } of given.costs) {
    const money = { price: amount!, total: amount!, actual: amount! }
    const data = { visitId: visit.id, kind, what: what!, quantity: 1, ...money, state: 'within' } as const
    await tx.visitSpending.create({ data, select: { id: true } })
  }
  const now = await costsOf(visit, tx)
  return now.flatMap(({ what, actual }) => (actual === null ? [] : [`${what} ${moneyText(actual)}`]))
}

const isSame = ({ actual: was }: Pick<Cost, 'actual'>, actual: string | null) =>
  was === actual || (was !== null && actual !== null && fenOf(was) === fenOf(actual))
