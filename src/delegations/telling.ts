import type { Actor } from '../access/actor.ts'
import type { Tx } from '../db.ts'
import { notify } from '../notices/commands.ts'
import { periodOf } from './period.ts'
import type { Delegation } from './queries.ts'

export const partOf = ({ id }: Pick<Delegation, 'id'>) => `delegation:${id}`

/** As the trail tells it: who, for whom, what and when. */
export function trailed(delegation: Delegation) {
  const { from, to, kinds } = delegation
  return { from: from.name, to: to.name, kinds, ...periodOf(delegation), delegation: partOf(delegation) }
}

/** Both hear of it, also whoever did it: a hand that was not theirs would not go unseen. */
export function tellBoth(
  tx: Tx,
  kind: 'delegation.given' | 'delegation.ended',
  delegation: Delegation,
  by: Actor,
  now: Date,
): Promise<void> {
  const { fromOn, untilOn } = periodOf(delegation)
  const params = { by: by.name, from: delegation.from.name, to: delegation.to.name, fromOn, untilOn }
  const told = { kind, rule: 'APR-04', subject: partOf(delegation), href: '/delegations', params }
  return notify(
    tx,
    [delegation.fromId, delegation.toId].map((to) => ({ to, ...told })),
    now,
  )
}
