import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { endWithin } from '../delegations/commands.ts'
import { lockDelegation, openDelegations } from '../delegations/queries.ts'
import { NotFound, refuseIf } from '../lib/refused.ts'
import { endSessions } from './commands.ts'
import { lockAdministrators, lockPerson, otherAdministrators } from './queries.ts'
import { lastOneProblems, ownRoleProblems } from './rules.ts'

/**
 * PPL-02: from roles that exclude one another a person goes by way of none. What they lent or were lent ends there, so that
 * it never meets roles that it could not have been given to (APR-04).
 */
export function revokeRole(actor: Actor, id: bigint, grantId: bigint, now: Date): Promise<void> {
  refuseIf(ownRoleProblems(actor.id, id))
  return change(actor, async (tx, audit) => {
    await lockAdministrators(tx)
    const { state, grants } = await lockPerson(tx, id)
    const grant = grants.find((one) => one.id === grantId)
    if (!grant) throw new NotFound()
    if (state === 'active') refuseIf(lastOneProblems([grant.role], await otherAdministrators(tx, id)))
    await tx.roleGrant.delete({ where: { id: grantId } })
    await endSessions(tx, id)
    const { role, scope, department, region } = grant
    await audit('role.revoked', `staff:${id}`, {
      before: { role, scope, place: department?.name ?? region?.name ?? null },
    })
    if (grants.length > 1) return
    for (const one of await openDelegations(id, now, tx))
      await endWithin(tx, audit, actor, await lockDelegation(tx, one.id), now)
  })
}
