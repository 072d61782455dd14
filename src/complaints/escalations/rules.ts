import type { ComplaintState } from '../../../prisma/client/enums.ts'
import type { Refusal } from '../../lib/refused.ts'

export const ways = ['audit', 'call_centre', 'web', 'other'] as const
export type EscalationWay = (typeof ways)[number]

/** CMP-15: what was recorded can come again, also when it was closed; what was void never was. */
export function escalationProblems(state: ComplaintState): Refusal[] {
  return state === 'void' ? [{ rule: 'CMP-15', reason: 'escalations:refused.void' }] : []
}
