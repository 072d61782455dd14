import type { Role } from '../../../prisma/client/enums.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { kindOf, type DeadlineKind } from '../kinds.ts'

/** Whom a deadline is told to: by role, or by who they are to it. */
export type To = 'owner' | 'step' | 'senior' | Role
export type Climbing = { readonly to: To; readonly days: number }

/** Whom to tell, and when, by the regulation under which the clock began. */
export async function ladderOf(kind: DeadlineKind, startedAt: Date): Promise<readonly Climbing[]> {
  const { ladder, senior } = kindOf(kind)
  if (!ladder && !senior) return []
  const regulation = await regulationAt(startedAt)
  return ladder ? regulation.value(ladder) : [{ to: 'senior', days: regulation.value(senior!) }]
}
