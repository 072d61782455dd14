import type { Refusal } from '../../lib/refused.ts'
import { money } from '../saying.ts'

/** CRD-12: what was shipped this year by the months begun, the fen below left out. In fen. */
export const averageOf = (shipped: number, months: number): number => Math.max(0, Math.floor(shipped / months))

/** How the customer stands. Money in fen. */
export type Bounds = {
  /** Shipments are stopped by what is overdue. */
  stopped: boolean
  average: number
  /** Guaranteed for it already: waiting, in force, or past its day and not paid. */
  given: number
}

/** As 2026-12-31; `until` is the last day. */
export type Offer = { amount: number; until: string }

/** CRD-12: only for who is stopped, and together no more than the average month. */
export function offerProblems({ stopped, average, given }: Bounds): Refusal[] {
  if (!stopped) return [{ rule: 'CRD-12', reason: 'guarantees:refused.notStopped' }]
  if (average === 0) return [{ rule: 'CRD-12', reason: 'guarantees:refused.noSales' }]
  if (given >= average)
    return [{ rule: 'CRD-12', reason: 'guarantees:refused.allGiven', params: { average: money(average) } }]
  return []
}

export function guaranteeProblems({ amount, until }: Offer, bounds: Bounds, today: string, last: string): Refusal[] {
  const standing = offerProblems(bounds)
  if (standing.length > 0) return standing
  const { average, given } = bounds
  const params = { average: money(average), given: money(given), most: money(average - given) }
  return [
    ...(amount <= 0
      ? [{ rule: 'CRD-12', reason: 'guarantees:refused.noAmount' as const, field: 'amount', params }]
      : []),
    ...(amount > average - given
      ? [{ rule: 'CRD-12', reason: 'guarantees:refused.tooMuch' as const, field: 'amount', params }]
      : []),
    ...dayProblems(until, today, last),
  ]
}

/** At signing: the day may have gone by, the average and the stop may be others. */
export const signProblems = (offer: Offer, bounds: Bounds, today: string): Refusal[] =>
  guaranteeProblems(offer, bounds, today, offer.until).map(({ rule, reason, params }) => ({
    rule,
    reason,
    ...(params ? { params } : {}),
  }))

function dayProblems(until: string, today: string, last: string): Refusal[] {
  if (until >= today && until <= last) return []
  return [{ rule: 'CRD-12', reason: 'guarantees:refused.day', field: 'until', params: { today, last } }]
}
