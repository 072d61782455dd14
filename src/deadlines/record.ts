import { ask } from '../db.ts'
import type { DeadlineEventKind, MailState } from '../../prisma/client/enums.ts'
import type { DeadlineKind } from './kinds.ts'
import { ladderOf } from './sweeping/ladder.ts'

export type PauseRow = { fromAt: Date; untilAt: Date | null; reason: string; by: string }
export type EventRow = { at: Date; kind: DeadlineEventKind; detail: Record<string, unknown> }
/** Whether a person's notice of a step exists, was read and was mailed. */
export type Delivery = { at: Date; staff: string; name: string; read: boolean; mail: MailState | null; waits: boolean }

/** All that is kept of one deadline: pauses, events, and what became of each notice. */
export async function recordOf(id: bigint, kind: DeadlineKind, startedAt: Date) {
  const [pauses, events, deliveries, ladder] = await Promise.all([
    ask<PauseRow>`
      select from_at as "fromAt", until_at as "untilAt", reason, s.name as by
      from deadline_pause p left join staff s on s.id = p.by_id where deadline_id = ${id} order by from_at`,
    ask<EventRow>`select at, kind::text, detail from deadline_event where deadline_id = ${id} order by id desc`,
    deliveriesOf(id),
    ladderOf(kind, startedAt),
  ])
  return { pauses, events, deliveries, ladder }
}
export type DeadlineRecord = Awaited<ReturnType<typeof recordOf>>

/** By the people each step names; what was gathered into one notice (telling.ts) was made at the same moment. */
function deliveriesOf(id: bigint): Promise<Delivery[]> {
  return ask<Delivery>`
    with told as (
      select distinct e.at, person::bigint as staff_id
      from deadline_event e, jsonb_array_elements_text(e.detail -> 'staff') as person
      where e.deadline_id = ${id} and e.kind in ('soon', 'overdue', 'escalated'))
    select t.at, t.staff_id::text as staff, s.name, coalesce(bool_or(n.read_at is not null), false) as read,
      max(m.state)::text as mail, coalesce(bool_or(n.mail_by is not null and n.mail_id is null), false) as waits
    from told t join staff s on s.id = t.staff_id
      left join notice n on n.staff_id = t.staff_id and n.at = t.at
        and (n.deadline_id = ${id} or (n.deadline_id is null and n.kind like 'deadline.%'))
      left join mail m on m.id = n.mail_id
    group by t.at, t.staff_id, s.name`
}
