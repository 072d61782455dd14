import type { ComplaintLevel } from '../../../prisma/client/enums.ts'
import type { Refusal } from '../../lib/refused.ts'
import { isAbove } from '../level.ts'
import type { Complaint } from '../queries.ts'
import { isOpen } from '../states.ts'

type Levelled = Pick<Complaint, 'state' | 'level'>

const ended = ({ state }: Levelled): Refusal[] =>
  isOpen(state) ? [] : [{ rule: 'CMP-06', reason: 'judging:refused.ended' }]

/** CMP-06: to a level above the present one. */
export function raisingProblems(complaint: Levelled, to: ComplaintLevel): Refusal[] {
  if (ended(complaint).length > 0) return ended(complaint)
  return isAbove(to, complaint.level) ? [] : [{ rule: 'CMP-06', reason: 'judging:refused.notHigher', field: 'level' }]
}

/** CMP-06: to a level below the present one. */
export function loweringProblems(complaint: Levelled, to: ComplaintLevel): Refusal[] {
  if (ended(complaint).length > 0) return ended(complaint)
  return isAbove(complaint.level, to) ? [] : [{ rule: 'CMP-06', reason: 'judging:refused.notLower', field: 'level' }]
}

export function graveProblems(complaint: Levelled & { grave: boolean }): Refusal[] {
  if (ended(complaint).length > 0) return ended(complaint)
  return complaint.grave ? [{ rule: 'CMP-06', reason: 'judging:refused.graveAlready' }] : []
}

const order = ['general', 'important', 'major'] as const

/** The levels above or below the present one. */
export const levelsAbove = (level: ComplaintLevel) => order.filter((one) => isAbove(one, level))
export const levelsBelow = (level: ComplaintLevel) => order.filter((one) => isAbove(level, one))
