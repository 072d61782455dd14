import type { Refusal } from '../lib/refused.ts'

export type Designation = { fromOn: string; untilOn: string | null; endedAt: Date | null }
export type Standing = 'now' | 'later' | 'over' | 'ended'

/** ARC-14: whether a designation counts on a day; its last day is one of them. */
export function standingOf({ fromOn, untilOn, endedAt }: Designation, today: string): Standing {
  if (endedAt !== null) return 'ended'
  if (fromOn > today) return 'later'
  return untilOn !== null && untilOn < today ? 'over' : 'now'
}

/** A period in order that is not over already. */
export function periodProblems(fromOn: string, untilOn: string | null, today: string): Refusal[] {
  const refuse = (reason: Refusal['reason']): Refusal[] => [{ rule: 'ARC-14', reason, field: 'untilOn' }]
  if (untilOn === null) return []
  if (untilOn < fromOn) return refuse('designations:refused.order')
  return untilOn < today ? refuse('designations:refused.past') : []
}
