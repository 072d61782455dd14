import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { mayEver, within } from '../../access/policy.ts'
import { visibleVisitsSql } from '../policy.ts'
import type { VisitListQuery } from './forms.ts'

export type ListAct = 'visits.view' | 'visits.export'

/**
 * The ways by which visits come into a list, each of which an index answers; one visit may come by several. Together
 * they are `visibleVisitsSql`, as far as the tab reaches.
 */
export function waysIn(actor: Actor, scope: VisitListQuery['scope'], act: ListAct): Prisma.Sql[] {
  if (!mayEver(actor, act)) return [Prisma.sql`false`]
  const visible = visibleVisitsSql(actor, act)
  if (scope === 'mine') return [Prisma.sql`owner_id = ${actor.id} and ${visible}`]
  if (scope === 'department') return [Prisma.sql`department_id = ${actor.departmentId} and ${visible}`]
  const places = within(actor, act)
  if (!('OR' in places)) return [Prisma.sql`true`]
  return [...(places.OR ?? []).flatMap(waysOf), ...(act === 'visits.view' ? ownWays(actor) : [])]
}

type Place = { ownerId: bigint } | { departmentId: { in: bigint[] } } | { regionId: { in: bigint[] } }

function waysOf(place: Place): Prisma.Sql[] {
  if ('ownerId' in place) return [Prisma.sql`owner_id = ${place.ownerId}`]
  if ('departmentId' in place) return place.departmentId.in.map((id) => Prisma.sql`department_id = ${id}`)
  return place.regionId.in.map((id) => Prisma.sql`region_id = ${id}`)
}

const ownWays = ({ id }: Actor): Prisma.Sql[] => [
  Prisma.sql`owner_id = ${id}`,
  Prisma.sql`companions @> array[${id}]::bigint[]`,
  Prisma.sql`customer_id in (select id from customer where owner_id = ${id})`,
]
