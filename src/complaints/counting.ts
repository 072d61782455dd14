import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { ask } from '../db.ts'
import { visibleComplaintsSql } from './policy.ts'

/** CMP-15: how often. `overdue` counts cases, each once; what follows, every missed moment of them. */
export type Counted = {
  overdue: number
  /** Not contacted in time. */
  contact: number
  /** Not done in time. */
  done: number
  /** Progress not entered in time. */
  progress: number
  escalated: number
  /** Of these, for not being recorded in time by who should have. */
  unrecorded: number
  /** CMP-21 */
  paused: number
}

/** `id` null: nobody, or no department. */
export type CountedRow = Counted & { id: bigint | null; name: string | null }
export type CountedBy = { people: CountedRow[]; departments: CountedRow[]; all: Counted }

const none: Counted = { overdue: 0, contact: 0, done: 0, progress: 0, escalated: 0, unrecorded: 0, paused: 0 }

type Row = CountedRow & { by: number }
const [byPerson, byDepartment] = [1, 2]

/**
 * What was missed and what came again from a moment until before another, in the reader's statistics, by whom.
 * `departments`: of those that answer alone.
 */
export async function overdueAndEscalated(
  actor: Actor,
  from: Date,
  until: Date,
  departments?: readonly bigint[],
): Promise<CountedBy> {
  const rows = await ask<Row>`
    with facts as (${factsSql(actor, from, until, departments)}),
    counted as (
      select grouping(staff_id, department_id) as by, staff_id, department_id,
        count(distinct complaint_id) filter (where what in ('contact', 'done', 'progress'))::int as overdue,
        count(*) filter (where what = 'contact')::int as contact, count(*) filter (where what = 'done')::int as done,
        count(*) filter (where what = 'progress')::int as progress,
        count(*) filter (where what in ('escalated', 'unrecorded'))::int as escalated,
        count(*) filter (where what = 'unrecorded')::int as unrecorded,
        count(*) filter (where what = 'paused')::int as paused
      from facts group by grouping sets ((staff_id), (department_id), ()))
    select c.by, coalesce(c.staff_id, c.department_id) as id, coalesce(s.name, d.name) as name, c.overdue, c.contact,
      c.done, c.progress, c.escalated, c.unrecorded, c.paused
    from counted c left join staff s on s.id = c.staff_id left join department d on d.id = c.department_id
    order by c.overdue desc, c.escalated desc, name`
  const of = (wanted: number) => rows.flatMap(({ by, ...row }) => (by === wanted ? [row] : []))
  const all = rows.find(({ by }) => by === byPerson + byDepartment)
  return { people: of(byPerson!), departments: of(byDepartment!), all: all ? countsOf(all) : none }
}

const countsOf = ({ overdue, contact, done, progress, escalated, unrecorded, paused }: Counted): Counted => ({
  overdue,
  contact,
  done,
  progress,
  escalated,
  unrecorded,
  paused,
})

/** Each with its case, its person and its department. */
function factsSql(actor: Actor, from: Date, until: Date, departments?: readonly bigint[]): Prisma.Sql {
  const answering = departments
    ? Prisma.sql`and coalesce(department_id, receiving_department_id) = any(${[...departments]}::bigint[])`
    : Prisma.empty
  const seen = Prisma.sql`lateral (select id, coalesce(owner_id, received_by_id) as staff_id,
      coalesce(department_id, receiving_department_id) as department_id
    from complaint where id = found.complaint_id and state <> 'void'
      and ${visibleComplaintsSql(actor, 'complaints.statistics')} ${answering}) k`
  const within = (column: Prisma.Sql) =>
    Prisma.sql`${column} >= ${from}::timestamptz and ${column} < ${until}::timestamptz`
  return Prisma.sql`
    select k.id as complaint_id, found.what, coalesce(found.staff_id, k.staff_id) as staff_id, k.department_id from (
      select case when d.subject ~ '^complaint:[0-9]{1,18}$' then substr(d.subject, 11)::bigint end as complaint_id,
        case d.kind when 'complaint.contact' then 'contact' when 'complaint.progress' then 'progress' else 'done' end as what,
        coalesce(${whoseSql}, d.owner_id) as staff_id
      from deadline d where d.kind like 'complaint.%' and d.breached_at is not null and ${within(Prisma.sql`d.breached_at`)}
        and d.kind in ('complaint.contact', 'complaint.progress', 'complaint.done', 'complaint.done_days',
          'complaint.done_hours')
      union all
      select complaint_id, case when unrecorded then 'unrecorded' else 'escalated' end, null
      from complaint_escalation where ${within(Prisma.sql`at`)}
      union all
      select complaint_id, 'paused', by_id from complaint_pause where ${within(Prisma.sql`from_at`)}) found
    join ${seen} on true`
}

/** Whose clock it was when its moment passed: as the record of the sweep has it, whoever got it afterwards. */
export const whoseSql = Prisma.sql`(
  select (e.detail -> 'staff' ->> 0)::bigint from deadline_event e
  where e.deadline_id = d.id and e.kind in ('overdue', 'escalated') and e.detail ->> 'to' = 'owner'
    and e.detail ->> 'state' = 'sent' order by e.id limit 1)`
