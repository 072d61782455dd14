import type { Actor } from './actor.ts'

/** A person with what was given to them, for what is remembered for a moment: a right given or withdrawn shows at once. */
export function scopeKey({ id, grants }: Actor): string {
  const scopes = grants.map((grant) => [grant.role, grant.scope, grant.departmentIds.join(), grant.regionIds.join()])
  return JSON.stringify([String(id), scopes])
}
