import type { CooperationMode, CreditMethod } from '../../../prisma/client/enums.ts'
import type { Refusal } from '../../lib/refused.ts'

/** Days as 2026-11-23; `amount` in yuan, of `fixed` alone; no `endsOn`: until further notice. */
export type Terms = { method: CreditMethod; amount: string | null; startsOn: string; endsOn: string | null }

const problem = (
  reason: 'needsAmount' | 'noAmount' | 'needsEnd' | 'begun' | 'order' | 'over',
  field?: string,
): Refusal => ({
  rule: 'CRD-02',
  reason: `creditTerms:refused.${reason}`,
  ...(field ? { field } : {}),
})

/** CRD-02: a fixed amount is approved with its dates; nothing is set for days gone by. */
export function termsProblems({ method, amount, startsOn, endsOn }: Terms, today: string): Refusal[] {
  const fixed = method === 'fixed'
  return [
    ...(fixed && (amount === null || Number(amount) === 0) ? [problem('needsAmount', 'amount')] : []),
    ...(!fixed && amount !== null ? [problem('noAmount', 'amount')] : []),
    ...(fixed && endsOn === null ? [problem('needsEnd', 'endsOn')] : []),
    ...(startsOn < today ? [problem('begun', 'startsOn')] : []),
    ...(endsOn !== null && endsOn < startsOn ? [problem('order', 'endsOn')] : []),
  ]
}

/** CRD-02: what is asked is not what holds already. */
export const sameProblems = (asked: Terms, now: Pick<Terms, 'method' | 'amount' | 'endsOn'>): Refusal[] =>
  asked.method === now.method && asked.amount === now.amount && asked.endsOn === now.endsOn
    ? [{ rule: 'CRD-02', reason: 'creditTerms:refused.same' }]
    : []

/** At signing: the days may be over. */
export const overProblems = ({ endsOn }: Pick<Terms, 'endsOn'>, today: string): Refusal[] =>
  endsOn !== null && endsOn < today ? [problem('over')] : []

/** Signed after the day it was asked for, it holds from the day it was signed. */
export const startOf = (startsOn: string, today: string): string => (startsOn < today ? today : startsOn)

/** CRD-14 */
export function modeProblems(
  { mode, startsOn }: { mode: CooperationMode; startsOn: string },
  current: CooperationMode | null,
  today: string,
): Refusal[] {
  const begun: Refusal[] =
    startsOn < today ? [{ rule: 'CRD-14', reason: 'creditTerms:refused.begun', field: 'startsOn' }] : []
  if (mode !== current) return begun
  return [{ rule: 'CRD-14', reason: 'creditTerms:refused.sameMode', field: 'mode' }, ...begun]
}
