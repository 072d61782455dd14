import type { Refusal } from '../../lib/refused.ts'
import { isOpen } from '../states.ts'
import type { Complaint } from '../queries.ts'

type Wish = { departmentId: bigint; ownerId: bigint | null; reason: string | null }

/** What has ended is nobody's to handle. */
export const endedProblems = ({ state }: Pick<Complaint, 'state'>): Refusal[] =>
  isOpen(state) ? [] : [{ rule: 'CMP-07', reason: 'judging:refused.ended' }]

/** Once assigned, it goes to somebody else only with a reason; to the same it does not go again. */
export function assignmentProblems(
  { state, departmentId, ownerId }: Pick<Complaint, 'state' | 'departmentId' | 'ownerId'>,
  wish: Wish,
): Refusal[] {
  if (!isOpen(state)) return endedProblems({ state })
  if (wish.departmentId === departmentId && wish.ownerId === ownerId)
    return [{ rule: 'CMP-13', reason: 'judging:refused.sameAssignment', field: 'ownerId' }]
  if (ownerId !== null && wish.ownerId !== ownerId && !wish.reason)
    return [{ rule: 'CMP-13', reason: 'judging:refused.reasonMissing', field: 'reason' }]
  return []
}
