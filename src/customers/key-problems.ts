import type { Tx } from '../db.ts'
import type { Refusal } from '../lib/refused.ts'
import { factProblems } from './fact-problems.ts'
import type { Facts } from './facts.ts'
import { keyNames } from './key-fields.ts'
import { conflictsWith } from './refusing.ts'

/** CUS-03, POOL-01: what stands against these key fields now. */
export async function keyProblems(
  tx: Pick<Tx, '$queryRaw'>,
  facts: Facts,
  distinction: string | null,
  number: string,
): Promise<Refusal[]> {
  const own = factProblems(facts).filter(({ field }) => keyNames.some((name) => name === field))
  const conflicts = await conflictsWith(tx, facts, distinction, number)
  return [...own, ...conflicts.map(asMeanwhile)]
}

/** The decider cannot write how the two differ: that is for whoever asks again. */
function asMeanwhile({ rule, params }: Refusal): Refusal {
  return { rule, reason: 'customers:refused.conflictMeanwhile', ...(params ? { params } : {}) }
}
