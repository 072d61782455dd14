import type { Actor } from '../access/actor.ts'
import { withinSql } from '../access/policy.ts'
import { ask } from '../db.ts'
import type { Tagged } from '../deadlines/tag.ts'

/** The oldest with its clock; no item and no customer, for the first page is open before ARC-19 is. */
export type ToReview = { count: number; number: string; viewer: string; clock: Tagged } | null

type Row = { count: number; number: string; viewer: string; unit: 'working_day' } & Omit<Tagged, 'unit'>

/** Wish 21: emergency viewings that wait for this person's review: never one's own. */
export async function toReview(actor: Actor): Promise<ToReview> {
  const [row] = await ask<Row>`
    select count(*) over ()::int as count, v.number, s.name as viewer, d.unit::text, d.started_at as "startedAt",
      d.due_at as "dueAt", d.soon_at as "soonAt", d.paused_at as "pausedAt", d.met_at as "metAt",
      d.cancelled_at as "cancelledAt"
    from viewing v join staff s on s.id = v.applicant_id
      join deadline d on d.subject = 'viewing:' || v.id and d.kind = 'viewing.review' and d.met_at is null
    where v.emergency and v.reviewed_at is null and v.applicant_id <> ${actor.id}
      and v.customer_id in (select id from customer where ${withinSql(actor, 'viewings.review')})
    order by d.due_at, v.id limit 1`
  if (!row) return null
  const { count, number, viewer, ...clock } = row
  return { count, number, viewer, clock }
}
