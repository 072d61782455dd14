import type { Actor } from '../access/actor.ts'
import { mayEver, permit } from '../access/policy.ts'
import type { Kept } from './queries.ts'

export const viewPolicy = {
  share: permit('views.share'),
}

export const mayShare = (actor: Actor) => mayEver(actor, 'views.share')

/** One's own; what is for everybody also by whoever may give views to everybody. */
export function mayChange(actor: Actor, { staffId, shared }: Pick<Kept, 'staffId' | 'shared'>): boolean {
  return staffId === actor.id || (shared && mayShare(actor))
}
