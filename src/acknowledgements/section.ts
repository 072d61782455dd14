import type { Actor } from '../access/actor.ts'
import { ownAcknowledgement } from './pages.ts'
import { acknowledgedUntil, fileRoles } from './queries.ts'

/** For my profile; null where I have no access to files and need none. */
export async function ownStanding(actor: Actor, now: Date) {
  if (!actor.grants.some(({ role }) => fileRoles.includes(role))) return null
  return ownAcknowledgement(actor, await acknowledgedUntil(actor.id), now)
}
