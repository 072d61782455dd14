import type { CustomerStanding } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { may, type Placed } from '../access/policy.ts'
import type { Refusal } from '../lib/refused.ts'

/** Who, where, or nothing of it: what an assignment changes. */
export type Place = Placed

/** Beyond what the screen counts down: for the way to the server. */
const way = 5000

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

/**
 * CUS-06: taking a confirmed customer from its owner is the change that others rely on, and that its owner has a stake in.
 * Nobody loses anything where there was no owner, or where the file is provisional and whole again up for confirmation;
 * and department and region alone only say where work is done. Those are changed at once.
 */
export function needsApproval(customer: Placed & { standing: CustomerStanding }, place: Place): boolean {
  return customer.standing === 'confirmed' && customer.ownerId !== null && place.ownerId !== customer.ownerId
}

/** Whether an assignment can still be taken back: soon, and as long as nothing came after it. */
export function undoProblems(
  assignment: { by: bigint | null; at: Date; version: number; approval?: string },
  customer: { version: number },
  actor: Actor,
  now: Date,
  seconds: number,
): Refusal[] {
  if (assignment.approval) return [{ rule: 'CUS-06', reason: 'assignments:refused.undoApproved' }]
  if (assignment.by !== actor.id) return [{ rule: 'CUS-06', reason: 'assignments:refused.undoNotYours' }]
  if (assignment.version !== customer.version) return [{ rule: 'CUS-06', reason: 'assignments:refused.undoChanged' }]
  if (!isInTime(assignment.at, now, seconds))
    return [{ rule: 'CUS-06', reason: 'assignments:refused.undoLate', params: { seconds } }]
  return []
}

export function isInTime(at: Date, now: Date, seconds: number): boolean {
  return now.getTime() - at.getTime() <= seconds * 1000 + way
}

function isSame(one: Placed, other: Placed): boolean {
  return one.ownerId === other.ownerId && one.departmentId === other.departmentId && one.regionId === other.regionId
}
