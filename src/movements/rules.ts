import type { CopyState, MovementKind, SecrecyLevel } from '../../prisma/client/enums.ts'
import { isImportant } from '../archive/levels.ts'
import type { Refusal } from '../lib/refused.ts'

export type Moved = {
  number: string
  secrecy: SecrecyLevel
  important: boolean
  /** The open loan of an original, and until when. */
  loan: { dueOn: string } | null
  /** Set where it is a copy that moves. */
  copy: { number: string; state: CopyState; dueOn: string } | null
  /** The movement it is out on already. */
  open: string | null
}

const refuse = (reason: Refusal['reason'], field: string, params: Refusal['params'] = {}): Refusal => ({
  rule: 'ARC-14',
  reason,
  field,
  params,
})

/** What comes into the house is here with that; all else is out until it is back. */
export const leaves = (kind: MovementKind): boolean => kind !== 'receive'

/** ARC-14, ARC-04: what stands against moving it at all. */
export function movingProblems(kind: MovementKind, moved: Moved): Refusal[] {
  if (moved.open) return [refuse('movements:refused.outAlready', 'what', { number: moved.open })]
  if (moved.copy)
    return moved.copy.state === 'out'
      ? []
      : [refuse('movements:refused.copyEnded', 'what', { number: moved.copy.number })]
  if (!isImportant(moved)) return [refuse('movements:refused.notImportant', 'what', { number: moved.number })]
  if (leaves(kind) && !moved.loan)
    return [{ rule: 'ARC-04', reason: 'movements:refused.noLoan', field: 'what', params: { number: moved.number } }]
  return []
}

/** When it comes back: not before today, and not after the loan or the copy itself is due. */
export function dueProblems(kind: MovementKind, dueOn: string | null, moved: Moved, today: string): Refusal[] {
  if (!leaves(kind)) return []
  if (dueOn === null) return [refuse('movements:refused.dueNeeded', 'dueOn')]
  if (dueOn < today) return [refuse('movements:refused.duePast', 'dueOn', { today })]
  // What is overdue already may still be brought home today.
  const due = moved.copy?.dueOn ?? moved.loan?.dueOn ?? dueOn
  const last = due < today ? today : due
  return dueOn > last ? [refuse('movements:refused.dueFar', 'dueOn', { day: last })] : []
}

export type State = 'late' | 'out' | 'back'

export function stateOf({ backAt, dueAt }: { backAt: Date | null; dueAt: Date | null }, now: Date): State {
  if (backAt) return 'back'
  return dueAt && dueAt <= now ? 'late' : 'out'
}
