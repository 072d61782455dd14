import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'

/** Who may assign what is received at the desk where this person sits. */
export const mayAssign = (actor: Actor): boolean =>
  may(actor, 'complaints.assign', { ownerId: null, departmentId: actor.departmentId, regionId: null })
