import { dateTimeText } from '../../lib/dates.ts'
import type { SpendingKind } from '../../../prisma/client/enums.ts'
import type { Refusal } from '../../lib/refused.ts'
import { hasBegun, type Spending } from '../spending.ts'
import { isBeingPlanned } from '../states.ts'
import type { Visit } from '../queries.ts'

/** So many costs of one visit are enough. */
export const mostCosts = 20

type Changed = Pick<Visit, 'state' | 'plan' | 'startsAt' | 'timed' | 'arrivedAt'>

/** In a plan that is being made only the rows change; of an arranged visit what is added may have to be asked for. */
export const isPlanning = ({ state, plan }: Pick<Changed, 'state' | 'plan'>): boolean =>
  (state === 'draft' || state === 'refused') && plan !== null && isBeingPlanned(plan.state)

/** VIS-04, VIS-05: costs are changed while they are planned, and before the visit. */
export function changeProblems(visit: Changed, now: Date): Refusal[] {
  if (isPlanning(visit)) return []
  if (visit.state === 'waiting') return [{ rule: 'VIS-04', reason: 'visitDecisions:refused.planWaits' }]
  if (visit.state !== 'approved') return [{ rule: 'VIS-05', reason: 'visits:refused.state' }]
  return beginningProblems(visit, now)
}

/** VIS-04: what is over the limit is approved before the visit, or not at all. */
export function beginningProblems(visit: Pick<Changed, 'startsAt' | 'timed' | 'arrivedAt'>, now: Date): Refusal[] {
  if (!hasBegun(visit, now)) return []
  const params = { at: dateTimeText(visit.startsAt) }
  return [{ rule: 'VIS-04', reason: 'visitDecisions:refused.begun', params }]
}

/** What the decision would run into: there is nothing to approve before any more. */
export const openProblems = (visit: Changed, now: Date): Refusal[] =>
  visit.state === 'approved'
    ? beginningProblems(visit, now)
    : [{ rule: 'VIS-04', reason: 'visitDecisions:refused.visitNotOpen' }]

/** Something changes, and not too much is written down. */
export function amountProblems(before: number, removed: number, added: number): Refusal[] {
  if (removed === 0 && added === 0)
    return [{ rule: 'VIS-05', reason: 'visitDecisions:refused.nothing', field: 'what1' }]
  if (before - removed + added <= mostCosts) return []
  return [{ rule: 'VIS-04', reason: 'visitDecisions:refused.tooMany', field: 'what1', params: { most: mostCosts } }]
}

/** A row of the form that was begun. */
export type Row = { n: number; kind: SpendingKind; what: string | null; quantity: number; price: string | null }

/** VIS-04: a cost says what it is and what it comes to. */
export const rowProblems = (rows: readonly Row[]): Refusal[] =>
  rows.flatMap(({ n, what, price }): Refusal[] => [
    ...(what
      ? []
      : [{ rule: 'VIS-04', reason: 'visitDecisions:refused.noWhat' as const, field: `what${n}`, params: { n } }]),
    ...(price !== null && Number(price) > 0
      ? []
      : [{ rule: 'VIS-04', reason: 'visitDecisions:refused.noPrice' as const, field: `price${n}`, params: { n } }]),
  ])

export const spendingIn = ({ kind, what, quantity, price }: Row): Spending => ({
  kind,
  what: what ?? '',
  quantity,
  price: price ?? '0.00',
})
