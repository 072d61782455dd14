import { Prisma } from '../../../../prisma/client/client.ts'
import type { CustomerGrade, OverrideKind, ReleaseGround, ReleaseState } from '../../../../prisma/client/enums.ts'

export type ReleaseRow = {
  id: bigint
  number: string
  customer: string
  customerNumber: string
  grade: CustomerGrade | null
  amount: string
  goods: string
  state: ReleaseState
  ground: ReleaseGround | null
  holds: string[]
  short: string
  cash: string
  requestedAt: Date
  requestedBy: string
  releasedAt: Date | null
  shippedAt: Date | null
  shippedAmount: string | null
  cancelReason: string | null
  /** Since when it is held without a break; null for what is not held. */
  heldSince: Date | null
  /** What of it waits for a signature. */
  waits: OverrideKind | null
  owner: string | null
  department: string | null
}

/** Since the first check that stopped it after the last that let it through. */
export const heldSinceSql = Prisma.sql`(select min(c.at) from release_check c where c.release_id = release.id
  and c.id > coalesce((select max(p.id) from release_check p where p.release_id = release.id and p.passed), 0))`

export const columnsSql = Prisma.sql`release.id, release.number, k.name as customer, k.number as "customerNumber",
  k.grade::text as grade, release.amount::text as amount, release.goods, release.state::text as state,
  release.ground::text as ground, release.holds, release.short::text as short, release.cash::text as cash,
  release.requested_at as "requestedAt",
  (select name from staff where staff.id = release.requested_by_id) as "requestedBy",
  release.released_at as "releasedAt", release.shipped_at as "shippedAt",
  release.shipped_amount::text as "shippedAmount", release.cancel_reason as "cancelReason",
  case when release.state = 'held' then ${heldSinceSql} end as "heldSince",
  (select o.kind::text from credit_override o where o.release_id = release.id and o.state = 'waiting' limit 1) as waits,
  (select name from staff where staff.id = release.owner_id) as owner,
  (select name from department where department.id = release.department_id) as department`

export const joinsSql = Prisma.sql`join customer k on k.id = release.customer_id`
