import { calendarAt } from '../../calendar/queries.ts'
import { Prisma } from '../../../prisma/client/client.ts'
import type { Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { idOf } from '../../lib/ids.ts'
import { kindOf, type DeadlineKind } from '../kinds.ts'
import { stepAt } from '../rules.ts'
import { ladderOf, type Climbing } from './ladder.ts'
import type { Signing } from './signing.ts'
import type { Step } from './steps.ts'

export const rowsInSweep = 5000

type Held = {
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
}

/** Of the clock of an approval: where the step lies, and who may sign it. */
type StepHeld = { id: string; number: string; departmentId: string | null; regionId: string | null; signing: Signing }

export type Due = {
  id: string
  subject: string
  number: string
  dueAt: Date
  ownerId: bigint | null
  step: string | null
}

/** Deadlines with which the same is to be done: due on the same day, under the same regulation, for the same people. */
export type DueGroup = {
  kind: DeadlineKind
  ladder: readonly Climbing[]
  /** When a rung is climbed. */
  stepAt: (rung: Climbing) => Date
  climbed: number
  missed: boolean
  ownerId: bigint | null
  departmentId: bigint | null
  regionId: bigint | null
  signing: Signing | null
  /** The earliest first. */
  deadlines: Due[]
}

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

/** What a step finds to do, the earliest first, held by this transaction; what others hold is passed over. */
export async function heldGroups(tx: Tx, step: Step, now: Date): Promise<DueGroup[]> {
  // As one text: rows and columns one by one would cost the client more than all else that a sweep does.
  const [found] = await tx.$queryRaw<{ rows: string | null }[]>`
    with held as materialized (
      select d.* from deadline d where ${step.due(now)} limit ${rowsInSweep} for update skip locked),
    periods as (
      select array_agg(distinct in_force_at order by in_force_at) as moments from regulation_version
      where in_force_at is not null)
    select json_agg(r)::text as rows from (
      select d.id::text, d.kind, d.subject, coalesce(t.number, l.number, b.number, c.number, '') as number,
        width_bucket(d.started_at, periods.moments) as period, d.started_at as "startedAt", d.due_at as "dueAt", d.climbed,
        d.breached_at is not null as missed, coalesce(d.owner_id, c.owner_id, c.created_by_id)::text as "ownerId",
        (case when c.id is null then s.department_id else c.department_id end)::text as "departmentId",
        c.region_id::text as "regionId", ${stepSql} as step
      from periods, held d left join customer c on c.id = d.customer_id left join staff s on s.id = d.owner_id
        left join task t on t.id = case when d.subject ~ '^task:[0-9]+$' then substr(d.subject, 6)::bigint end
        left join loan l on l.id = case when d.subject ~ '^loan:[0-9]+$' then substr(d.subject, 6)::bigint end
        left join numbered_copy b on b.id = case when d.subject ~ '^copy:[0-9]+$' then substr(d.subject, 6)::bigint end
      order by d.due_at, d.id) r`
  return grouped((JSON.parse(found?.rows ?? '[]') as Held[]).map(placed))
}

/** A step lies where its request does. */
function placed(row: Held): Held {
  if (!row.step) return row
  const { number, departmentId, regionId } = row.step
  return { ...row, number, departmentId, regionId }
}

async function grouped(rows: Held[]): Promise<DueGroup[]> {
  const grounds = new Map<string, Grounds>()
  const groups = new Map<string, DueGroup>()
  for (const row of rows) {
    const under = `${row.kind} ${row.period}`
    const ground = grounds.get(under) ?? (await groundsOf(row))
    grounds.set(under, ground)
    const due = dueOf(row)
    const day = dateText(due.dueAt)
    const owner = ground.ownerActs ? row.ownerId : ''
    const key = [under, day, row.climbed, row.missed, row.departmentId, row.regionId, owner, signingKey(row)].join()
    const group = groups.get(key) ?? groupOf(row, ground, due, day)
    groups.set(key, group)
    group.deadlines.push(due)
  }
  return [...groups.values()]
}

type Grounds = Pick<DueGroup, 'ladder'> & {
  ownerActs: boolean
  stepAt: (rung: Climbing, dueAt: Date, day: string) => Date
}

async function groundsOf({ kind, startedAt }: Held): Promise<Grounds> {
  const began = new Date(startedAt)
  const [ladder, calendar] = [await ladderOf(kind, began), await calendarAt(began)]
  const ownerActs = kindOf(kind).acting === 'owner' || ladder.some(({ to }) => to === 'owner')
  // Working days are counted from the day on which it was due, once for all that were due on it.
  const counted = new Map<string, Date>()
  const stepOf = (rung: Climbing, dueAt: Date, day: string) => {
    const key = `${day} ${rung.days}`
    const found = counted.get(key) ?? stepAt(calendar, dueAt, rung)
    counted.set(key, found)
    return found
  }
  return { ladder, ownerActs, stepAt: stepOf }
}

function groupOf(row: Held, { ladder, stepAt: stepOf }: Grounds, { dueAt, ownerId }: Due, day: string): DueGroup {
  const { kind, climbed, missed } = row
  const place = { departmentId: idOf(row.departmentId), regionId: idOf(row.regionId) }
  const moments = { ladder, stepAt: (rung: Climbing) => stepOf(rung, dueAt, day) }
  return { kind, ...moments, climbed, missed, ownerId, ...place, signing: row.step?.signing ?? null, deadlines: [] }
}

function dueOf({ id, subject, number, dueAt, ownerId, step }: Held): Due {
  return { id, subject, number, dueAt: new Date(dueAt), ownerId: idOf(ownerId), step: step?.id ?? null }
}

/** The steps that the same people may sign are told of together. */
const signingKey = ({ step }: Held) => (step ? JSON.stringify(step.signing) : '')
