import { Prisma } from '../../../prisma/client/client.ts'
import type { DeadlineEventKind } from '../../../prisma/client/enums.ts'
import type { Tx } from '../../db.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { kindOf, type DeadlineKind } from '../kinds.ts'
import { stepAt } from '../rules.ts'
import { ladderOf } from './ladder.ts'
import { tell, type Told } from './recipients.ts'
import type { Staffing } from './staffing.ts'

/** A deadline at which something is due now. */
export type DueRow = {
  id: bigint
  kind: DeadlineKind
  subject: string
  number: string
  startedAt: Date
  dueAt: Date
  climbed: number
  missed: boolean
  ownerId: bigint | null
  departmentId: bigint | null
  regionId: bigint | null
}

/** What a step does to one deadline: its new state, the events of its record, and who is told by which notice. */
export type Taken = {
  row: DueRow
  climbed: number
  nextStepAt: Date | null
  events: { kind: DeadlineEventKind; detail: object }[]
  notices: { to: bigint; kind: 'deadline.soon' | 'deadline.overdue' | 'deadline.escalated'; step: string }[]
}

export type Step = {
  name: 'overdue' | 'escalated' | 'soon'
  /** Which deadlines; each has its own small index. */
  due: (now: Date) => Prisma.Sql
  take: (row: DueRow, staffing: Staffing) => Promise<Taken>
  mark: (tx: Tx, rows: string, now: Date) => Promise<unknown>
}

const running = Prisma.sql`d.met_at is null and d.cancelled_at is null and d.paused_at is null`

/** In this order: what is overdue is not reminded of as due soon any more. */
export const steps: Step[] = [
  {
    name: 'overdue',
    due: (now) =>
      Prisma.sql`${running} and d.overdue_noted_at is null and d.due_at < ${now}::timestamptz order by d.due_at`,
    take: overdue,
    mark: (tx, rows, now) => tx.$executeRaw`
      update deadline d set overdue_noted_at = ${now}::timestamptz,
        soon_noted_at = coalesce(d.soon_noted_at, ${now}::timestamptz), breached_at = coalesce(d.breached_at, d.due_at),
        climbed = v.climbed, next_step_at = v.next
      from json_to_recordset(${rows}::json) as v(id bigint, climbed int, next timestamptz) where d.id = v.id`,
  },
  {
    name: 'escalated',
    due: (now) => Prisma.sql`${running} and d.next_step_at <= ${now}::timestamptz order by d.next_step_at`,
    take: escalated,
    mark: (tx, rows) => tx.$executeRaw`
      update deadline d set climbed = v.climbed, next_step_at = v.next
      from json_to_recordset(${rows}::json) as v(id bigint, climbed int, next timestamptz) where d.id = v.id`,
  },
  {
    name: 'soon',
    due: (now) => Prisma.sql`${running} and d.soon_noted_at is null and d.soon_at <= ${now}::timestamptz
      and d.due_at >= ${now}::timestamptz order by d.soon_at`,
    take: soon,
    mark: (tx, rows, now) => tx.$executeRaw`
      update deadline d set soon_noted_at = ${now}::timestamptz
      from json_to_recordset(${rows}::json) as v(id bigint) where d.id = v.id`,
  },
]

async function soon(row: DueRow, staffing: Staffing): Promise<Taken> {
  const told = tell(staffing, row, kindOf(row.kind).acting, await ladderOf(row.kind, row.startedAt))
  return {
    ...(await standing(row, row.climbed)),
    events: [{ kind: 'soon', detail: logged(told) }],
    notices: noticesOf('deadline.soon', told, stepName(row, 'soon')),
  }
}

/** Whoever acts, and the rungs that are climbed at once, by one notice each. */
async function overdue(row: DueRow, staffing: Staffing): Promise<Taken> {
  const ladder = await ladderOf(row.kind, row.startedAt)
  const later = ladder.findIndex(({ days }) => days > 0)
  const atOnce = later < 0 ? ladder.length : later
  const told = ladder.slice(0, atOnce).map(({ to }, rung) => tell(staffing, row, to, ladder.slice(rung + 1)))
  const acting = tell(staffing, row, kindOf(row.kind).acting, ladder)
  const first = told.some(({ to }) => to === acting.to) ? [] : [acting]
  const people = new Set([...first, ...told].flatMap(({ staff }) => staff))
  return {
    ...(await standing(row, atOnce)),
    events: [
      { kind: 'overdue', detail: { due: row.dueAt.toISOString(), ...(first[0] ? logged(first[0]) : {}) } },
      ...told.map((one, rung) => ({ kind: 'escalated' as const, detail: { rung: rung + 1, ...logged(one) } })),
    ],
    notices: [...people].map((to) => ({ to, kind: 'deadline.overdue' as const, step: stepName(row, 'overdue') })),
  }
}

async function escalated(row: DueRow, staffing: Staffing): Promise<Taken> {
  const ladder = await ladderOf(row.kind, row.startedAt)
  const rung = ladder[row.climbed]
  if (!rung) return { ...(await standing(row, ladder.length)), events: [], notices: [] }
  const told = tell(staffing, row, rung.to, ladder.slice(row.climbed + 1))
  return {
    ...(await standing(row, row.climbed + 1)),
    events: [{ kind: 'escalated', detail: { rung: row.climbed + 1, ...logged(told) } }],
    notices: noticesOf('deadline.escalated', told, stepName(row, String(row.climbed + 1))),
  }
}

async function standing(row: DueRow, climbed: number) {
  const next = (await ladderOf(row.kind, row.startedAt))[climbed]
  return { row, climbed, nextStepAt: next ? stepAt(await calendarAt(row.startedAt), row.dueAt, next) : null }
}

function noticesOf(kind: Taken['notices'][number]['kind'], { staff }: Told, step: string): Taken['notices'] {
  return staff.map((to) => ({ to, kind, step }))
}

/** A new due moment is reminded of anew (rero-ils#2470): it belongs to the step's name. */
const stepName = ({ dueAt }: DueRow, name: string) => `${name} ${dueAt.toISOString()}`

const logged = ({ staff, ...told }: Told) => ({ ...told, staff: staff.map(String) })
