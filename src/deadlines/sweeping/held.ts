import { Prisma } from '../../../prisma/client/client.ts'
import type { Tx } from '../../db.ts'
import type { DeadlineKind } from '../kinds.ts'
import type { Signing } from './signing.ts'
import type { Step } from './steps.ts'

export const rowsInSweep = 5000

export type Held = {
  id: string
  kind: DeadlineKind
  subject: string
  number: string
  /** Which of the regulations it began under. */
  period: number | null
  startedAt: string
  dueAt: string
  climbed: number
  missed: boolean
  ownerId: string | null
  departmentId: string | null
  regionId: string | null
  step: StepHeld | null
  /** Of a complaint: whom it is about, who are never told. */
  accused: string[]
}

/** Of the clock of an approval: where the step lies, and who may sign it. */
type StepHeld = { id: string; number: string; departmentId: string | null; regionId: string | null; signing: Signing }

/**
 * Of the clock of an approval's step: its request, where it lies and who may sign. Looked up one by one, and for these
 * clocks alone: joined, PostgreSQL might read a million steps for a few.
 */
const stepSql = Prisma.sql`
  case when d.kind = 'approval.step' and d.subject ~ '^approval_step:[0-9]+$' then (
    select json_build_object('id', s.id::text, 'number', r.number, 'departmentId', s.department_id::text,
      'regionId', s.region_id::text, 'signing', json_build_object('kind', s.kind, 'role', s.role, 'senior', s.senior_role,
        'staff', s.staff_id::text, 'excluded', s.excluded::text[], 'asker', (select n.role from approval_step n
          where n.request_id = s.request_id and n.n > s.n and n.role is not null order by n.n limit 1)))
    from approval_step s join approval_request r on r.id = s.request_id
    where s.id = substr(d.subject, 15)::bigint) end`

/** The rows that a step finds, held by this transaction; what others hold is passed over. */
export async function heldRows(tx: Tx, step: Step, now: Date): Promise<Held[]> {
  // As one text: rows and columns one by one would cost the client more than all else that a sweep does.
  const [found] = await tx.$queryRaw<{ rows: string | null }[]>`
    with held as materialized (
      select d.* from deadline d where ${step.due(now)} limit ${rowsInSweep} for update skip locked),
    periods as (
      select array_agg(distinct in_force_at order by in_force_at) as moments from regulation_version
      where in_force_at is not null)
    select json_agg(r)::text as rows from (
      select d.id::text, d.kind, d.subject, coalesce(t.number, l.number, b.number, k.number || '-' || m.n, k.number, c.number, '') as number,
        width_bucket(d.started_at, periods.moments) as period, d.started_at as "startedAt", d.due_at as "dueAt", d.climbed,
        d.breached_at is not null as missed, coalesce(d.owner_id, c.owner_id, c.created_by_id)::text as "ownerId",
        (case when k.id is not null then coalesce(k.department_id, k.receiving_department_id)
          when c.id is null then s.department_id else c.department_id end)::text as "departmentId",
        coalesce(k.region_id, c.region_id)::text as "regionId", coalesce(k.accused, '{}')::text[] as accused,
        ${stepSql} as step
      from periods, held d left join customer c on c.id = d.customer_id left join staff s on s.id = d.owner_id
        left join task t on t.id = case when d.subject ~ '^task:[0-9]+$' then substr(d.subject, 6)::bigint end
        left join loan l on l.id = case when d.subject ~ '^loan:[0-9]+$' then substr(d.subject, 6)::bigint end
        left join numbered_copy b on b.id = case when d.subject ~ '^copy:[0-9]+$' then substr(d.subject, 6)::bigint end
        left join corrective_action m on m.id = case when d.subject ~ '^measure:[0-9]{1,18}$'
          then substr(d.subject, 9)::bigint end
        left join complaint k on k.id = coalesce(m.complaint_id, case when d.subject ~ '^complaint:[0-9]{1,18}$'
          then substr(d.subject, 11)::bigint end)
      order by d.due_at, d.id) r`
  return (JSON.parse(found?.rows ?? '[]') as Held[]).map(placed)
}

/** A step lies where its request does. */
function placed(row: Held): Held {
  if (!row.step) return row
  const { number, departmentId, regionId } = row.step
  return { ...row, number, departmentId, regionId }
}
