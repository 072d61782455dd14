import type { Refusal } from '../../lib/refused.ts'
import { isOpen } from '../states.ts'
import type { Complaint } from '../queries.ts'

/** CMP-03: facts are put to whom it is about, while it is being handled. */
export function puttingProblems({ state, accused }: Pick<Complaint, 'state' | 'accused'>, staffId: bigint): Refusal[] {
  if (!isOpen(state)) return [{ rule: 'CMP-03', reason: 'judging:refused.ended' }]
  return accused.includes(staffId) ? [] : [{ rule: 'CMP-03', reason: 'judging:refused.notAccused', field: 'staffId' }]
}

export const answerProblems = ({ answeredAt }: { answeredAt: Date | null }): Refusal[] =>
  answeredAt === null ? [] : [{ rule: 'CMP-03', reason: 'judging:refused.answeredAlready' }]
