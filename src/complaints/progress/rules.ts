import type { ComplaintState } from '../../../prisma/client/enums.ts'
import type { Refusal } from '../../lib/refused.ts'
import { isOpen } from '../states.ts'

/** CMP-15: of what has ended there is no progress. */
export function progressProblems(state: ComplaintState): Refusal[] {
  return isOpen(state) ? [] : [{ rule: 'CMP-15', reason: 'progress:refused.ended' }]
}
