import { calendarAt } from '../../calendar/queries.ts'
import type { Calendar } from '../../calendar/reckoning.ts'
import { ask, type Db, type Tx } from '../../db.ts'
import type { DeadlineKind } from '../../deadlines/kinds.ts'
import type { Pause } from '../../deadlines/rules.ts'
import type { Tagged } from '../../deadlines/tag.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import { allowanceOf, type Allowance, type PauseFigures } from './rules.ts'

export async function pauseFiguresOf({ recordedAt }: Pick<Complaint, 'recordedAt'>): Promise<PauseFigures> {
  const { value } = await regulationAt(recordedAt)
  return { mostTimes: value('complaints.pause_times'), mostDays: value('complaints.pause_days') }
}

/** What a decision on pausing needs: the figures from when it began, the days as they are known now. */
export type Standing = {
  figures: PauseFigures
  calendar: Calendar
  allowance: Allowance
  /** Whether the customer was reached, or was sent the standard message. */
  reached: boolean
}

export async function standingOf(from: Db | Tx, complaint: Complaint, now: Date): Promise<Standing> {
  const reads = from as Tx
  const [figures, calendar, pauses, waiting] = await Promise.all([
    pauseFiguresOf(complaint),
    calendarAt(now),
    reads.complaintPause.findMany({ where: { complaintId: complaint.id }, select: { fromAt: true, untilAt: true } }),
    reads.deadline.count({
      where: { subject: subjectOf(complaint), kind: 'complaint.contact', metAt: null, cancelledAt: null },
    }),
  ])
  return { figures, calendar, allowance: allowanceOf(calendar, pauses, figures, now), reached: waiting === 0 }
}

export type PauseRow = {
  fromAt: Date
  untilAt: Date | null
  mostUntil: Date
  reason: string
  by: string
  endedBy: string | null
}

export function pausesOf(complaintId: bigint): Promise<PauseRow[]> {
  return ask<PauseRow>`
    select p.from_at as "fromAt", p.until_at as "untilAt", p.most_until as "mostUntil", p.reason, s.name as by,
      e.name as "endedBy"
    from complaint_pause p join staff s on s.id = p.by_id left join staff e on e.id = p.ended_by_id
    where p.complaint_id = ${complaintId} order by p.id`
}

export type ClockRow = Tagged & {
  id: bigint
  kind: DeadlineKind
  rule: string
  breachedAt: Date | null
  pauses: Pause[]
  /** Of a signature that is waited for: which kind of request, and its number. */
  step: { kind: string; number: string } | null
}

/** Those that run, the last one that ended of each kind, and every one that was missed; with the signature waited for. */
export async function clocksOf(complaint: Complaint): Promise<ClockRow[]> {
  const subject = subjectOf(complaint)
  const rows = await ask<ClockRow>`
    with own as (
      select d.*, row_number() over (partition by kind order by id desc) as place, null::json as step
      from deadline d where d.subject = ${subject} and d.kind like 'complaint.%'),
    signing as (
      select d.*, 1 as place, json_build_object('kind', r.kind, 'number', r.number) as step
      from approval_request r join approval_step s on s.request_id = r.id and s.state = 'open'
        join deadline d on d.subject = 'approval_step:' || s.id and d.kind = 'approval.step'
      where r.subject = ${subject} and r.state = 'waiting')
    select id, kind, rule, unit::text, started_at as "startedAt", due_at as "dueAt", soon_at as "soonAt",
      paused_at as "pausedAt", met_at as "metAt", cancelled_at as "cancelledAt", breached_at as "breachedAt", step,
      coalesce((select json_agg(json_build_object('fromAt', p.from_at, 'untilAt', p.until_at) order by p.from_at)
        from deadline_pause p where p.deadline_id = c.id), '[]') as pauses
    from (select * from own where place = 1 or breached_at is not null union all select * from signing) c
    where not (kind = 'complaint.progress' and cancelled_at is not null and breached_at is null)
    order by (met_at is not null or cancelled_at is not null), due_at, id limit 30`
  return rows.map((row) => ({ ...row, pauses: row.pauses.map(asDates) }))
}

const asDates = ({ fromAt, untilAt }: Pause): Pause => ({
  fromAt: new Date(fromAt),
  untilAt: untilAt === null ? null : new Date(untilAt),
})
