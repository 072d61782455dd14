import { calendarAt } from '../../calendar/queries.ts'
import type { Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import type { Rung } from '../../regulations/parameters.ts'
import { kindOf, type DeadlineKind } from '../kinds.ts'
import { stepAt } from '../rules.ts'
import { ladderOf } from './ladder.ts'
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
}

export type Due = { id: string; subject: string; number: string; dueAt: Date; ownerId: bigint | null }

/** Deadlines with which the same is to be done: due on the same day, under the same regulation, for the same people. */
export type DueGroup = {
  kind: DeadlineKind
  ladder: readonly Rung[]
  /** When a rung is climbed. */
  stepAt: (rung: Rung) => Date
  climbed: number
  missed: boolean
  ownerId: bigint | null
  departmentId: bigint | null
  regionId: bigint | null
  /** The earliest first. */
  deadlines: Due[]
}

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
      select d.id::text, d.kind, d.subject, coalesce(t.number, c.number, '') as number,
        width_bucket(d.started_at, periods.moments) as period, d.started_at as "startedAt", d.due_at as "dueAt", d.climbed,
        d.breached_at is not null as missed, coalesce(d.owner_id, c.owner_id, c.created_by_id)::text as "ownerId",
        (case when c.id is null then s.department_id else c.department_id end)::text as "departmentId",
        c.region_id::text as "regionId"
      from periods, held d left join customer c on c.id = d.customer_id left join staff s on s.id = d.owner_id
        left join task t on t.id = case when d.subject ~ '^task:[0-9]+$' then substr(d.subject, 6)::bigint end
      order by d.due_at, d.id) r`
  return grouped(JSON.parse(found?.rows ?? '[]') as Held[])
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
    const key = [under, day, row.climbed, row.missed, row.departmentId, row.regionId, owner].join()
    const group = groups.get(key) ?? groupOf(row, ground, due, day)
    groups.set(key, group)
    group.deadlines.push(due)
  }
  return [...groups.values()]
}

type Grounds = Pick<DueGroup, 'ladder'> & { ownerActs: boolean; stepAt: (rung: Rung, dueAt: Date, day: string) => Date }

async function groundsOf({ kind, startedAt }: Held): Promise<Grounds> {
  const began = new Date(startedAt)
  const [ladder, calendar] = [await ladderOf(kind, began), await calendarAt(began)]
  const ownerActs = kindOf(kind).acting === 'owner' || ladder.some(({ to }) => to === 'owner')
  // Working days are counted from the day on which it was due, once for all that were due on it.
  const counted = new Map<string, Date>()
  const stepOf = (rung: Rung, dueAt: Date, day: string) => {
    const key = `${day} ${rung.days}`
    const found = counted.get(key) ?? stepAt(calendar, dueAt, rung)
    counted.set(key, found)
    return found
  }
  return { ladder, ownerActs, stepAt: stepOf }
}

function groupOf(row: Held, { ladder, stepAt: stepOf }: Grounds, { dueAt, ownerId }: Due, day: string): DueGroup {
  const { kind, climbed, missed } = row
  const place = { departmentId: asId(row.departmentId), regionId: asId(row.regionId) }
  return { kind, ladder, stepAt: (rung) => stepOf(rung, dueAt, day), climbed, missed, ownerId, ...place, deadlines: [] }
}

function dueOf({ id, subject, number, dueAt, ownerId }: Held): Due {
  return { id, subject, number, dueAt: new Date(dueAt), ownerId: asId(ownerId) }
}

const asId = (text: string | null) => (text === null ? null : BigInt(text))
