import { Prisma } from '../../../prisma/client/client.ts'
import type { CreditDecision } from '../../../prisma/client/enums.ts'
import { ask, reads, type Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { monthOf } from '../../lib/months.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { figureFor } from '../figure.ts'
import { averageOf, type Bounds } from './rules.ts'

type Reads = Pick<Tx, '$queryRaw'>

/** CRD-12: how far somebody may guarantee for this customer now. `without`: one that is being decided. */
export async function boundsOf(
  client: Reads,
  customerId: bigint,
  now: Date,
  without: bigint | null = null,
): Promise<Bounds> {
  const [figure, regulation] = [await figureFor(client, customerId, now), await regulationAt(now)]
  const today = dateText(now)
  const [found] = await client.$queryRaw<{ shipped: bigint; given: bigint }[]>`
    select (select coalesce(sum(net) * 100, 0)::bigint from shipment where customer_id = ${customerId}
        and shipped_on >= ${`${today.slice(0, 4)}-01-01`}::date and shipped_on <= ${today}::date) as shipped,
      (select coalesce(sum(g.amount) * 100, 0)::bigint from guarantee g
        where g.customer_id = ${customerId} and g.id is distinct from ${without}
          and (g.state = 'waiting' or g.state = 'approved' and (g.until >= ${today}::date or exists (
            select from release r join shipment d on d.release_id = r.id where r.guarantee_id = g.id and d.open > 0)))) as given`
  return {
    stopped: figure.overdue > regulation.value('credit.overdue_least') * 100,
    average: averageOf(Number(found!.shipped), Number(monthOf(now).slice(5))),
    given: Number(found!.given),
  }
}

export type Guarantee = {
  id: bigint
  number: string
  guarantor: string
  amount: string
  used: string
  unpaid: string
  until: string
  reason: string
  state: CreditDecision
  approval: string | null
}

/** What releases used of a guarantee `g`, and what is unpaid of that. */
export const usedSql = Prisma.sql`(
  select sum(r.guaranteed) as used, sum(least(coalesce(d.open, 0), r.guaranteed)) as unpaid
  from release r left join shipment d on d.release_id = r.id
  where r.guarantee_id = g.id and r.state in ('released', 'shipped'))`

/** All of a customer's, the newest first, with what releases used of each and what is unpaid of that. */
export const guaranteesFor = (customerId: bigint): Promise<Guarantee[]> => ask<Guarantee>`
  select g.id, g.number, s.name as guarantor, g.amount::text, g.until::text, g.reason, g.state::text,
    coalesce(u.used, 0)::numeric(16,2)::text as used, coalesce(u.unpaid, 0)::numeric(16,2)::text as unpaid,
    (select q.number from approval_request q where q.kind = 'credit.guarantee' and q.subject = 'customer:' || g.customer_id
      and q.payload ->> 'guarantee' = g.id::text order by q.id desc limit 1) as approval
  from guarantee g join staff s on s.id = g.guarantor_id
  cross join lateral ${usedSql} u
  where g.customer_id = ${customerId} order by g.id desc limit 50`

export const boundsFor = (customerId: bigint, now: Date): Promise<Bounds> => boundsOf(reads, customerId, now)

export type Called = {
  id: bigint
  number: string
  customerId: bigint
  customer: string
  departmentId: bigint | null
  regionId: bigint | null
  guarantorId: bigint
  until: string
  unpaid: string
}

/** CRD-12: past the day by more than the grace with something unpaid, and not told of yet. */
export async function calledNow(now: Date): Promise<Called[]> {
  const grace = (await regulationAt(now)).value('credit.guarantee_grace')
  return ask<Called>`
    select g.id, g.number, c.id as "customerId", c.number as customer, c.department_id as "departmentId",
      c.region_id as "regionId", g.guarantor_id as "guarantorId", g.until::text,
      sum(least(d.open, r.guaranteed))::numeric(16,2)::text as unpaid
    from guarantee g join customer c on c.id = g.customer_id join release r on r.guarantee_id = g.id
    join shipment d on d.release_id = r.id and d.open > 0
    where g.state = 'approved' and g.called_at is null and g.until + ${grace}::int < ${dateText(now)}::date
    group by g.id, c.id order by g.id`
}
