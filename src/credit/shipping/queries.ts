import { Prisma } from '../../../prisma/client/client.ts'
import type { CustomerGrade, ReleaseState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { withinSql } from '../../access/policy.ts'
import { ask, type Tx } from '../../db.ts'
import { dateText, dateTimeText, dayStart } from '../../lib/dates.ts'
import { soughtSql } from '../releases/list/seeking.ts'
import type { Release } from '../queries.ts'
import type { ShippingQuery } from './forms.ts'

export const pageSize = 25

export type ToShip = {
  number: string
  state: ReleaseState
  amount: string
  shippedAmount: string | null
  goods: string
  releasedAt: Date
  shippedAt: Date | null
  shippedBy: string | null
  requestedBy: string
  name: string
  grade: CustomerGrade | null
  address: string
}

/** Where its goods go: an address for deliveries, or its own. `c` is the customer. */
const addressSql = Prisma.sql`coalesce((select concat_ws(' ', concat(a.province, a.city, a.district), a.address, a.note)
    from customer_address a where a.customer_id = c.id and a.use = 'delivery' and a.removed_at is null order by a.id limit 1),
  concat_ws(' ', nullif(concat(c.province, c.city, c.district), ''), c.address))`

/** CRD-13: what may go out and has not, who waits longest first, or customer by customer; or what left today. */
export function toShipFor(actor: Actor, query: ShippingQuery, now: Date): Promise<ToShip[]> {
  const { order, beyond } = orderOf(query)
  return ask<ToShip>`
    select r.number, r.state::text, r.amount::text, r.shipped_amount::text as "shippedAmount", r.goods,
      r.released_at as "releasedAt", r.shipped_at as "shippedAt", b.name as "shippedBy", q.name as "requestedBy", c.name,
      c.grade::text, ${addressSql} as address
    from release r join customer c on c.id = r.customer_id join staff q on q.id = r.requested_by_id
    left join staff b on b.id = r.shipped_by_id
    where r.id in (${foundSql(actor, query, now)}) and c.withdrawn_at is null and ${beyond}
    order by ${order} limit ${pageSize + 1}`
}

/** How many there are of both, whatever is sought. */
export async function countsFor(actor: Actor, now: Date): Promise<Record<'waiting' | 'today', number>> {
  const of = (tab: 'waiting' | 'today') => foundSql(actor, { tab, q: '' }, now)
  const [row] = await ask<{ waiting: number; today: number }>`
    select (select count(*)::int from (${of('waiting')}) w) as waiting, (select count(*)::int from (${of('today')}) t) as today`
  return row!
}

function foundSql(actor: Actor, { tab, q }: Pick<ShippingQuery, 'tab' | 'q'>, now: Date): Prisma.Sql {
  const state =
    tab === 'waiting'
      ? Prisma.sql`state = 'released'`
      : Prisma.sql`state = 'shipped' and shipped_at >= ${dayStart(dateText(now))}::timestamptz`
  const where = Prisma.join([state, withinSql(actor, 'releases.view'), ...soughtSql(q)], ' and ')
  return Prisma.sql`select id from release where ${where}`
}

function orderOf({ tab, sort, after }: ShippingQuery): { order: Prisma.Sql; beyond: Prisma.Sql } {
  const by = (order: Prisma.Sql, beyond: Prisma.Sql) => ({ order, beyond: after ? beyond : Prisma.sql`true` })
  if (tab === 'today')
    return by(
      Prisma.sql`r.shipped_at desc, r.id desc`,
      Prisma.sql`(r.shipped_at, r.id) < (select shipped_at, id from release where number = ${after})`,
    )
  if (sort === 'customer')
    return by(
      Prisma.sql`c.name, r.id`,
      Prisma.sql`(c.name, r.id) > (select k.name, n.id from release n join customer k on k.id = n.customer_id
        where n.number = ${after})`,
    )
  return by(
    Prisma.sql`r.released_at, r.id`,
    Prisma.sql`(r.released_at, r.id) > (select released_at, id from release where number = ${after})`,
  )
}

/** Where the goods of one release go. */
export async function addressOf(customerId: bigint): Promise<string> {
  const [row] = await ask<{
    address: string | null
  }>`select ${addressSql} as address from customer c where c.id = ${customerId}`
  return row?.address ?? ''
}

export type Signed = { kind: 'first' | 'final' | 'overdue'; by: string; at: Date }
/** CRD-05, CRD-07, CRD-08: who signed for this release. */
export const signedFor = (releaseId: bigint): Promise<Signed[]> => ask<Signed>`
  select o.kind::text, s.name as by, o.signed_at as at from credit_override o join staff s on s.id = o.signed_by_id
  where o.release_id = ${releaseId} and o.state = 'approved' order by o.signed_at`

/** Who shipped it, and when, for whoever comes second. */
export async function shippedOf(
  client: Pick<Tx, '$queryRaw'>,
  { shippedAt, shippedById }: Pick<Release, 'shippedAt' | 'shippedById'>,
): Promise<{ at: string; by: string } | null> {
  if (shippedAt === null) return null
  const [by] = await client.$queryRaw<{ name: string }[]>`select name from staff where id = ${shippedById}`
  return { at: dateTimeText(shippedAt), by: by?.name ?? '' }
}
