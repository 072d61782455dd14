import { Prisma } from '../../../prisma/client/client.ts'
import type { PurposeReached, VisitPurpose, VisitState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { ask } from '../../db.ts'
import { visibleVisitsSql } from '../policy.ts'

const mostNext = 2
const mostBefore = 4

export type VisitOfCustomer = {
  number: string
  startsAt: Date
  timed: boolean
  purposes: VisitPurpose[]
  state: VisitState
  owner: string
  unplanned: boolean
  reached: PurposeReached | null
  /** Wish 49: it was another customer's, and this one took part. */
  also: boolean
  coming: boolean
}
/** VIS-10: when somebody last was in touch; days as 2026-11-24. */
export type Contacted = { contactedOn: string | null; managerContactedOn: string | null; createdOn: string }
export type VisitsOf = Contacted & { rows: VisitOfCustomer[]; count: number; seen: boolean }

type Row = Contacted & VisitOfCustomer & { count: number }

/** What is planned of a customer and was last made, of the visits this person sees; also where it took part beside others. */
export async function visitsOf(actor: Actor, { id }: { id: bigint }, now: Date): Promise<VisitsOf> {
  const seen = mayEver(actor, 'visits.view')
  const rows = await ask<Row>`
    with ids as materialized (
      select id from visit where customer_id = ${id} union select visit_id from visit_party where customer_id = ${id}),
    mine as materialized (
      select id, starts_at, state, state in ('waiting', 'approved') and starts_at >= ${now}::timestamptz as coming
      from visit where id in (select id from ids) and state not in ('draft', 'refused', 'cancelled')
        and ${seen ? visibleVisitsSql(actor) : Prisma.sql`false`}),
    page as (
      (select id, coming, row_number() over (order by starts_at, id) as at from mine where coming
        order by at limit ${mostNext})
      union all
      (select id, coming, row_number() over (order by starts_at desc, id desc) from mine where not coming
        order by 3 limit ${mostBefore}))
    select k.contacted_on::text as "contactedOn", k.manager_contacted_on::text as "managerContactedOn",
      (k.created_at at time zone 'Asia/Shanghai')::date::text as "createdOn",
      (select count(*)::int from mine) as count, v.number, v.starts_at as "startsAt", v.timed,
      array(select unnest(v.purposes)::text) as purposes, v.state::text, v.unplanned, page.coming, r.reached::text,
      v.customer_id is distinct from k.id as also, (select name from staff where id = v.owner_id) as owner
    from customer k left join page on true left join visit v on v.id = page.id left join visit_report r on r.visit_id = v.id
    where k.id = ${id} order by page.coming desc, page.at`
  const { contactedOn, managerContactedOn, createdOn, count } = rows[0]!
  return { contactedOn, managerContactedOn, createdOn, count, seen, rows: rows.filter(({ number }) => number !== null) }
}
