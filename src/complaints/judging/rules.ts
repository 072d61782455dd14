import type { ComplaintKind } from '../../../prisma/client/enums.ts'
import type { Refusal } from '../../lib/refused.ts'

export const verdicts = ['founded', 'unfounded', 'customer'] as const
export type Verdict = (typeof verdicts)[number]

/** CMP-07: founded or not, or the customer's own cause; whether what is wanted is reasonable; who answers for it. */
export type Judgement = {
  verdict: Verdict
  reasonable: boolean
  kind: ComplaintKind
  departmentId: bigint | null
  judgement: string
}

/** CMP-07: what is founded has a department that answers for it. */
export function judgementProblems({ verdict, departmentId }: Pick<Judgement, 'verdict' | 'departmentId'>): Refusal[] {
  return verdict === 'founded' && departmentId === null
    ? [{ rule: 'CMP-07', reason: 'judging:refused.noDepartment', field: 'departmentId' }]
    : []
}

/** CMP-07, CMP-20: only what is founded goes on to a remedy; the rest is answered. */
export const actOf = (verdict: Verdict, accepted = false) =>
  verdict === 'founded' ? (accepted ? 'accept' : 'found') : 'dismiss'
