import { may, permit, permitAt } from '../access/policy.ts'
import type { Actor } from '../access/actor.ts'
import type { ImportRecord } from './queries.ts'

export const mayList = permit('imports.view')
export const mayRun = permit('imports.run')
export const mayView = permitAt<ImportRecord>('imports.view')
export const mayCancel = permitAt<ImportRecord>('imports.run')

/** New customers may only go where this person may create customers by hand, too. */
export function mayFill(actor: Actor, departmentId: bigint | null, regionId: bigint | null): boolean {
  return may(actor, 'customers.create', { ownerId: null, departmentId, regionId })
}
