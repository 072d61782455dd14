import type { SpendingKind } from '../../../prisma/client/enums.ts'
import { ask, db, type Db, type Tx } from '../../db.ts'
import { yuanText, fenOf } from '../../lib/money.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { rolesOf } from '../people.ts'
import { limitOf } from '../posts.ts'
import { subjectOf } from '../queries.ts'
import type { Limit, Weighed } from '../spending.ts'

/** One cost of a visit as it stands; money in yuan with two decimals. */
export type Cost = Weighed & { id: bigint; actual: string | null; decidedAt: Date | null }
type Reads = Pick<Db, 'visitSpending'>
type RoleReads = Pick<Db, 'roleGrant'>

const wanted = { removedAt: null } as const

/** What is still wanted for a visit, in the order in which it was written down. */
export async function costsOf({ id }: { id: bigint }, from: Reads = db): Promise<Cost[]> {
  const found = await from.visitSpending.findMany({ where: { visitId: id, ...wanted }, orderBy: { id: 'asc' } })
  return found.map(asCost)
}

/** The same of many visits at once, each by its visit. */
export async function costsOfMany(visitIds: readonly bigint[], from: Reads = db): Promise<Map<bigint, Cost[]>> {
  const where = { visitId: { in: [...visitIds] }, ...wanted }
  const found = await from.visitSpending.findMany({ where, orderBy: { id: 'asc' } })
  const byVisit = new Map<bigint, Cost[]>()
  for (const row of found) byVisit.set(row.visitId, [...(byVisit.get(row.visitId) ?? []), asCost(row)])
  return byVisit
}

type Row = Awaited<ReturnType<Tx['visitSpending']['findMany']>>[number]

const asCost = ({ id, kind, what, quantity, price, total, state, actual, decidedAt }: Row): Cost => ({
  id,
  kind,
  what,
  quantity,
  price: price.toFixed(2),
  total: total.toFixed(2),
  state,
  actual: actual?.toFixed(2) ?? null,
  decidedAt,
})

export const sumOf = (costs: readonly { total: string }[]): string =>
  yuanText(costs.reduce((sum, { total }) => sum + fenOf(total), 0))

/** VIS-04: up to what the person who goes spends without asking. */
export async function limitFor(ownerId: bigint, now: Date, from: RoleReads = db): Promise<Limit> {
  const [regulation, roles] = await Promise.all([regulationAt(now), rolesOf(from as Tx, ownerId)])
  return (kind: SpendingKind) => limitOf(regulation, roles, kind)
}

/** How far the last request about a visit's costs has come. */
export type Asking = { number: string; state: string; at: Date; reason: string | null; by: string | null }

export async function lastAsking(visit: { id: bigint }): Promise<Asking | null> {
  const [found] = await ask<Asking>`
    select r.number, r.state::text, r.filed_at as at, s.reason, f.name as by
    from approval_request r
      left join lateral (select reason, decided_by_id from approval_step s
        where s.request_id = r.id and s.decided_at is not null order by s.n desc limit 1) s on true
      left join staff f on f.id = s.decided_by_id
    where r.kind = 'visit.spending' and r.subject = ${subjectOf(visit)} order by r.id desc limit 1`
  return found ?? null
}
