import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { endWithin } from '../../delegations/commands.ts'
import { lockDelegation } from '../../delegations/queries.ts'
import { standingAt } from '../../delegations/rules.ts'
import type { Work } from '../kinds.ts'

/** APR-04: what was lent to or by somebody who leaves ends; whoever needs a deputy names another. */
export async function endDelegations(tx: Tx, audit: Audit, { actor, ids, why, now }: Work): Promise<bigint[]> {
  const ended: bigint[] = []
  for (const id of ids) {
    const delegation = await lockDelegation(tx, id)
    if (standingAt(delegation, now) === 'past') continue
    await endWithin(tx, audit, actor, delegation, now, why)
    ended.push(id)
  }
  return ended
}
