import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { may, mayEver, permit, withinSql, type Permit, type Placed } from '../access/policy.ts'
import type { Act } from '../access/table.ts'

/** A visit lies where its owner works, and in the customer's region. */
export type PlacedVisit = Placed & {
  /** Whose customer is visited. */
  customerOwnerId: bigint | null
  companions: readonly bigint[]
}

/** Who goes, who comes along, whose customer it is, and whoever the table says. */
export function seesVisit(actor: Actor, visit: PlacedVisit): boolean {
  if (!mayEver(actor, 'visits.view')) return false
  const taking = visit.ownerId === actor.id || visit.companions.includes(actor.id)
  return taking || visit.customerOwnerId === actor.id || may(actor, 'visits.view', visit)
}

/** For what only who goes does: `own` is the visit's owner, whoever's customer it is. */
export const isOwn = (actor: Actor, { ownerId }: Pick<Placed, 'ownerId'>): boolean =>
  ownerId === actor.id && mayEver(actor, 'visits.plan')

const permitOwn = <R extends Pick<Placed, 'ownerId'>>(act: Act): Permit<R> =>
  Object.assign((actor: Actor, record: R) => isOwn(actor, record), { act })

/** PPL-02: who is set over others does not sign what is their own. */
export const maySign = (actor: Actor, act: Act, record: Placed): boolean =>
  record.ownerId !== actor.id && may(actor, act, record)

const permitSigning = <R extends Placed>(act: Act): Permit<R> =>
  Object.assign((actor: Actor, record: R) => maySign(actor, act, record), { act })

export const visitPolicy = {
  list: permit('visits.view'),
  plan: permit('visits.plan'),
  view: Object.assign(seesVisit, { act: 'visits.view' }) as Permit<PlacedVisit>,
  own: permitOwn<PlacedVisit>('visits.plan'),
  review: permitSigning<PlacedVisit>('visits.review'),
  authorise: permitSigning<PlacedVisit>('visits.authorise'),
  export: permit('visits.export'),
  manage: permit('visits.manage'),
}

export const planPolicy = {
  view: Object.assign((actor: Actor, plan: Placed) => plan.ownerId === actor.id || may(actor, 'visits.view', plan), {
    act: 'visits.view',
  }) as Permit<Placed>,
  own: permitOwn<Placed>('visits.plan'),
  decide: permitSigning<Placed>('visits.approve'),
}

/**
 * The same as `seesVisit` for a query, over the columns of `visit` (a `from` that has no other table with such columns
 * beside it): lists, counts, search, export, assessment and timeline obey it.
 */
export function visibleVisitsSql(actor: Actor, act: 'visits.view' | 'visits.export' = 'visits.view'): Prisma.Sql {
  if (!mayEver(actor, act)) return Prisma.sql`false`
  const within = withinSql(actor, act)
  if (act !== 'visits.view') return Prisma.sql`(${within})`
  return Prisma.sql`(owner_id = ${actor.id} or ${actor.id} = any(companions)
    or customer_owner_id = ${actor.id} or ${within})`
}
