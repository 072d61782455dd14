import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { mayEver, waysWithin } from '../../access/policy.ts'
import type { VisitListQuery } from './forms.ts'

export type ListAct = 'visits.view' | 'visits.export'

/**
 * The ways by which visits come into a list, each of which an index walks in the order of days; one visit may come by
 * several. Together they are `visibleVisitsSql`, as far as the tab reaches.
 */
export function waysIn(actor: Actor, scope: VisitListQuery['scope'], act: ListAct): Prisma.Sql[] {
  if (!mayEver(actor, act)) return [Prisma.sql`false`]
  const seen = waysSeen(actor, act)
  const mine = Prisma.sql`owner_id = ${actor.id}`
  if (scope === 'mine') return act === 'visits.view' ? [mine] : seen.map((way) => Prisma.sql`${way} and ${mine}`)
  if (scope !== 'department') return seen
  return seen.map((way) => Prisma.sql`${way} and department_id = ${actor.departmentId}`)
}

function waysSeen(actor: Actor, act: ListAct): Prisma.Sql[] {
  const placed = waysWithin(actor, act)
  if (placed === null) return [Prisma.sql`true`]
  return act === 'visits.view' ? [...placed, ...ownWays(actor)] : placed
}

/** Those on which one comes along are gathered first: they are few, and no index has them in the order of days. */
const ownWays = ({ id }: Actor): Prisma.Sql[] => [
  Prisma.sql`owner_id = ${id}`,
  Prisma.sql`id = any(array(select id from visit where companions @> array[${id}]::bigint[]))`,
  Prisma.sql`customer_owner_id = ${id}`,
]
