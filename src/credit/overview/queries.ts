import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { withinSql } from '../../access/policy.ts'
import { escapeLike } from '../../customers/search.ts'
import { ask } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { dayOf } from '../../lib/days.ts'

export type Held = {
  number: string
  customer: string
  customerNumber: string
  amount: string
  short: string
  requestedAt: Date
}
export type HeldList = { rows: Held[]; count: number; sum: string }

const ofRelease = (actor: Actor) =>
  withinSql(actor, 'credit.view', {
    owner: Prisma.sql`r.owner_id`,
    department: Prisma.sql`r.department_id`,
    region: Prisma.sql`r.region_id`,
  })

/** CRD-06, wish 52: what is held of the customers this person sees, the longest waiting first. */
export async function heldReleases(actor: Actor, most: number): Promise<HeldList> {
  const rows = await ask<Held & { count: number; sum: string }>`
    with held as (select r.id, r.number, r.customer_id, r.amount, r.short, r.requested_at from release r
      where r.state = 'held' and ${ofRelease(actor)}),
      total as (select count(*)::int as count, coalesce(sum(amount), 0)::numeric(16,2)::text as sum from held)
    select total.*, h.number, c.name as customer, c.number as "customerNumber", h.amount::text, h.short::text,
      h.requested_at as "requestedAt"
    from total left join lateral (select * from held order by id limit ${most}) h on true
    left join customer c on c.id = h.customer_id order by h.id`
  const { count, sum } = rows[0]!
  return { rows: rows.filter(({ number }) => number !== null), count, sum }
}

export type Final = {
  release: string
  customer: string
  customerNumber: string
  amount: string
  by: string
  dueOn: string
  open: string
}

const mostFinals = 20

/** CRD-08, CRD-10: the final overrides that are to be repaid by the end of this month. */
export function finalsDue(actor: Actor, now: Date): Promise<Final[]> {
  const day = dateText(now)
  return ask<Final>`
    select r.number as release, c.name as customer, c.number as "customerNumber", o.amount::text, s.name as by,
      o.valid_on::text as "dueOn", coalesce(least(d.open, o.amount), 0)::numeric(16,2)::text as open
    from credit_override o join release r on r.id = o.release_id join customer c on c.id = o.customer_id
    left join staff s on s.id = o.signed_by_id left join shipment d on d.release_id = r.id
    where o.kind = 'final' and o.state = 'approved' and o.settled_at is null and r.state <> 'cancelled'
      and o.valid_on < date_trunc('month', ${dayOf(day)}::date) + interval '1 month' and ${ofRelease(actor)}
    order by o.valid_on, o.id limit ${mostFinals}`
}

export type FoundCustomer = { id: bigint; number: string; name: string }
const mostFound = 10

/** Whose credit is looked for, by number or by a part of the name. */
export function customersFound(actor: Actor, find: string): Promise<FoundCustomer[]> {
  const like = `%${escapeLike(find)}%`
  return ask<FoundCustomer>`
    select id, number, name from customer
    where (number = ${find.toUpperCase()} or name ilike ${like}) and withdrawn_at is null and ${withinSql(actor, 'credit.view')}
    order by number limit ${mostFound}`
}
