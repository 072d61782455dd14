import type { ReleaseState } from '../../../prisma/client/enums.ts'
import type { Refusal } from '../../lib/refused.ts'
import { holds as ruleOf, signedFor, type Figure, type Hold, type Request } from '../reckoning.ts'
import { money } from '../saying.ts'

/** CRD-01: to a customer that is void, lost or taken back nothing is asked for. */
export const closedProblems = (closed: boolean): Refusal[] =>
  closed ? [{ rule: 'CRD-01', reason: 'releases:refused.closed', field: 'customer' }] : []

export const contractProblems = (named: string | null, inForce: readonly string[]): Refusal[] =>
  named === null || inForce.includes(named)
    ? []
    : [{ rule: 'CRD-01', reason: 'releases:refused.contract', field: 'contract', params: { contract: named } }]

/** CRD-06: only what is held is weighed again by hand. */
export const heldProblems = (state: ReleaseState): Refusal[] =>
  state === 'held' ? [] : [{ rule: 'CRD-06', reason: 'releases:refused.notHeld' }]

/** CRD-09: the most that money received, what is available and what was signed carry of it. In fen. */
export function carried(figure: Pick<Figure, 'available' | 'eligible' | 'method'>, request: Request): number {
  const signed = signedFor(figure, request)?.amount ?? 0
  return Math.min(request.amount, request.paid + Math.max(0, figure.available) + signed)
}

/** CRD-09: less than was asked for, and no more than is carried. In fen. */
export function partProblems(part: number, most: number, whole: number): Refusal[] {
  const params = { most: money(most), whole: money(whole) }
  if (most <= 0) return [{ rule: 'CRD-09', reason: 'releases:refused.nothingCarried' }]
  if (part >= whole) return [{ rule: 'CRD-09', reason: 'releases:refused.partWhole', field: 'amount', params }]
  if (part > most) return [{ rule: 'CRD-09', reason: 'releases:refused.partMore', field: 'amount', params }]
  return []
}

/** CRD-04, CRD-05, CRD-09: a part that would be held for the same reasons is not made of it. */
export const restProblems = (holds: readonly Hold[]): Refusal[] =>
  holds.map((hold) => ({ rule: ruleOf[hold], reason: `releases:stops.${hold}` as const }))
