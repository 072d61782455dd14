import type { Rung } from '../../regulations/parameters.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { kindOf, type DeadlineKind } from '../kinds.ts'

/** Whom to tell, and when, by the regulation under which the clock began. */
export async function ladderOf(kind: DeadlineKind, startedAt: Date): Promise<readonly Rung[]> {
  const { ladder } = kindOf(kind)
  return ladder ? (await regulationAt(startedAt)).value(ladder) : []
}
