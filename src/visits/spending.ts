import type { SpendingKind, SpendingState } from '../../prisma/client/enums.ts'
import { dateText } from '../lib/dates.ts'
import { fenOf, moneyText, yuanText } from '../lib/money.ts'
import type { Refusal } from '../lib/refused.ts'

/** One cost of a visit: `price` of one piece, in yuan with two decimals. */
export type Spending = { kind: SpendingKind; what: string; quantity: number; price: string }
export type Weighed = Spending & { total: string; state: SpendingState }

/** Up to what, in yuan, the post spends without asking (posts.ts). */
export type Limit = (kind: SpendingKind) => number

/** Travel and other costs are weighed together, entertainment by itself; gifts by the piece. */
const groupOf = (kind: SpendingKind) => (kind === 'other' ? 'travel' : kind)

export const totalOf = ({ quantity, price }: Pick<Spending, 'quantity' | 'price'>): string =>
  yuanText(fenOf(price) * quantity)

/**
 * VIS-04, VIS-05: which of these costs the post may decide alone and which are asked for. What was approved before stays
 * so, and counts: a further cost that lifts the sum over the limit is asked for anew.
 */
export function weigh(spendings: readonly Spending[], known: readonly Weighed[], limit: Limit): Weighed[] {
  const all = [...known.filter(({ state }) => state === 'within' || state === 'approved'), ...spendings]
  return spendings.map((one) => {
    const { kind, price } = one
    const same = all.filter((other) => groupOf(other.kind) === groupOf(kind))
    const fen = kind === 'gift' ? fenOf(price) : same.reduce((sum, other) => sum + fenOf(totalOf(other)), 0)
    return { ...one, total: totalOf(one), state: fen <= limit(kind) * 100 ? 'within' : 'asked' }
  })
}

/** No visit costs as much; it is a slip of the finger. */
const mostFen = 100_000_000_000

export const sumProblems = (costs: readonly Pick<Weighed, 'total'>[]): Refusal[] =>
  costs.reduce((sum, { total }) => sum + fenOf(total), 0) < mostFen
    ? []
    : [{ rule: 'VIS-04', reason: 'visits:refused.costsTooMuch' }]

type Begins = { startsAt: Date; timed: boolean; arrivedAt: Date | null }

/** VIS-04: from when on nothing is approved any more; with its hour open, the day itself is still before the visit. */
export const hasBegun = ({ startsAt, timed, arrivedAt }: Begins, now: Date): boolean =>
  arrivedAt !== null || (timed ? startsAt <= now : dateText(startsAt) < dateText(now))

/** What a cost came to, in yuan with two decimals; null where nothing was spent. `field`: where it stands in the form. */
export type Actual = Weighed & { actual: string | null; field: string }

/** VIS-04: afterwards nothing is entered that was not approved, nor more than was; within the limit up to the limit. */
export function actualProblems(spent: readonly Actual[], limit: Limit): Refusal[] {
  const entered = spent.filter(({ actual }) => actual !== null && fenOf(actual) > 0)
  return entered.flatMap((one): Refusal[] => {
    const { kind, state, total, quantity, actual, field, what } = one
    const refuse = (reason: Refusal['reason'], most: string): Refusal[] => [
      { rule: 'VIS-04', reason, field, params: { what, actual: moneyText(actual!), most: moneyText(most) } },
    ]
    if (state === 'asked') return refuse('visits:refused.spendingWaits', total)
    if (state === 'refused') return refuse('visits:refused.spendingRefused', total)
    if (state === 'approved') return fenOf(actual!) > fenOf(total) ? refuse('visits:refused.spentMore', total) : []
    const most = limit(kind) * 100 * (kind === 'gift' ? quantity : 1)
    const same = entered.filter((other) => other.state === 'within' && groupOf(other.kind) === groupOf(kind))
    const fen = kind === 'gift' ? fenOf(actual!) : same.reduce((sum, other) => sum + fenOf(other.actual!), 0)
    return fen > most ? refuse('visits:refused.spentOverLimit', yuanText(most)) : []
  })
}
