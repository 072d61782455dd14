import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { within } from '../../access/policy.ts'
import { visibleComplaintsSql } from '../policy.ts'
import type { ComplaintListQuery } from './forms.ts'

export type ListAct = 'complaints.view' | 'complaints.export' | 'complaints.statistics'

/**
 * The ways by which complaints come into a list, each of which an index walks in the list's order; one complaint may
 * come by several. Together they are `visibleComplaintsSql`, as far as the tab reaches.
 */
export function waysIn(actor: Actor, scope: ComplaintListQuery['scope'], act: ListAct): Prisma.Sql[] {
  const visible = visibleComplaintsSql(actor, act)
  const both = (way: Prisma.Sql) => Prisma.sql`${way} and ${visible}`
  if (scope === 'mine') return [both(Prisma.sql`owner_id = ${actor.id}`)]
  const places = within(actor, act)
  const seen = (way: Prisma.Sql) => Prisma.sql`${way} and not (${actor.id} = any(accused))`
  const each = [...(places.OR ?? []).flatMap(waysOf), ...(act === 'complaints.view' ? [customersOf(actor)] : [])]
  if (scope === 'department') {
    const there = departmentWays(actor.departmentId)
    if (!('OR' in places) || holds(places, actor.departmentId)) return there.map(seen)
    return each.map((way) => seen(Prisma.sql`${way} and (${Prisma.join(there, ' or ')})`))
  }
  return 'OR' in places ? each.map(seen) : [visible]
}

/** Of the ways of seeing those that go by the person and not by the place: few come in by them, as a rule. */
export function ownWaysIn(actor: Actor): Prisma.Sql[] {
  const own = (within(actor, 'complaints.view').OR ?? []).filter((place) => 'ownerId' in place)
  return [...own.flatMap(waysOf), customersOf(actor)]
}

const departmentWays = (id: bigint | null) =>
  id === null ? [Prisma.sql`false`] : [Prisma.sql`department_id = ${id}`, Prisma.sql`receiving_department_id = ${id}`]

/** Whether all of the department is seen anyway: its index then answers alone. */
const holds = (places: ReturnType<typeof within>, id: bigint | null) =>
  (places.OR ?? []).some((place) => 'departmentId' in place && id !== null && place.departmentId.in.includes(id))

type Place = { ownerId: bigint } | { departmentId: { in: bigint[] } } | { regionId: { in: bigint[] } }

function waysOf(place: Place): Prisma.Sql[] {
  if ('ownerId' in place)
    return [Prisma.sql`owner_id = ${place.ownerId}`, Prisma.sql`received_by_id = ${place.ownerId}`]
  if ('departmentId' in place) return place.departmentId.in.flatMap(departmentWays)
  return place.regionId.in.map((id) => Prisma.sql`region_id = ${id}`)
}

const customersOf = (actor: Actor) =>
  Prisma.sql`customer_id = any(array(select id from customer where owner_id = ${actor.id}))`
