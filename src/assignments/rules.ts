import type { Actor } from '../access/actor.ts'
import { may, type Placed } from '../access/policy.ts'
import type { Refusal } from '../lib/refused.ts'

/** Who, where, or nothing of it: what an assignment changes. */
export type Place = Placed

/** Ten seconds on the screen, and five for the way. */
export const undoFor = 15_000

/** PPL-01, CUS-06: why this customer does not go there. */
export function assignmentProblems(
  actor: Actor,
  customer: Placed & { version: number },
  place: Place,
  opened: number,
): Refusal[] {
  if (!may(actor, 'customers.assign', customer)) return [{ rule: 'PPL-01', reason: 'assignments:refused.notYours' }]
  if (customer.version !== opened) return [{ rule: 'CUS-06', reason: 'assignments:refused.meanwhile' }]
  if (!may(actor, 'customers.assign', place))
    return [{ rule: 'PPL-01', reason: 'customers:refused.place', field: 'departmentId' }]
  return isSame(customer, place) ? [{ rule: 'CUS-06', reason: 'assignments:refused.same' }] : []
}

/** Whether an assignment can still be taken back: soon, and as long as nothing came after it. */
export function undoProblems(
  assignment: { by: bigint | null; at: Date; version: number },
  customer: { version: number },
  actor: Actor,
  now: Date,
): Refusal[] {
  if (assignment.by !== actor.id) return [{ rule: 'CUS-06', reason: 'assignments:refused.undoNotYours' }]
  if (assignment.version !== customer.version) return [{ rule: 'CUS-06', reason: 'assignments:refused.undoChanged' }]
  if (now.getTime() - assignment.at.getTime() > undoFor)
    return [{ rule: 'CUS-06', reason: 'assignments:refused.undoLate' }]
  return []
}

function isSame(one: Placed, other: Placed): boolean {
  return one.ownerId === other.ownerId && one.departmentId === other.departmentId && one.regionId === other.regionId
}
