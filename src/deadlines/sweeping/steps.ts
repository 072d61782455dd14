import { Prisma } from '../../../prisma/client/client.ts'
import type { DeadlineEventKind } from '../../../prisma/client/enums.ts'
import type { Tx } from '../../db.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { kindOf, type DeadlineKind } from '../kinds.ts'
import { stepAt } from '../rules.ts'
import { ladderOf } from './ladder.ts'
import { tell, type Told } from './recipients.ts'
import type { Staffing } from './staffing.ts'

/** Deadlines of the same moments, owner and place: what is due now is the same for each. */
export type DueGroup = {
  kind: DeadlineKind
  startedAt: Date
  dueAt: Date
  climbed: number
  missed: boolean
  ownerId: bigint | null
  departmentId: bigint | null
  regionId: bigint | null
  ids: bigint[]
  subjects: string[]
  numbers: string[]
}

/** What a step does to each of a group: its new state, the events of its record, and who is told by which notice. */
export type Taken = {
  group: DueGroup
  climbed: number
  nextStepAt: Date | null
  events: { kind: DeadlineEventKind; detail: object }[]
  notices: { to: bigint; kind: 'deadline.soon' | 'deadline.overdue' | 'deadline.escalated'; step: string }[]
}

export type Step = {
  name: 'overdue' | 'escalated' | 'soon'
  /** Which deadlines; each has its own small index. */
  due: (now: Date) => Prisma.Sql
  take: (group: DueGroup, staffing: Staffing) => Promise<Taken>
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
      from json_to_recordset(${rows}::json) as v(ids bigint[], climbed int, next timestamptz), unnest(v.ids) as one where d.id = one`,
  },
  {
    name: 'escalated',
    due: (now) => Prisma.sql`${running} and d.next_step_at <= ${now}::timestamptz order by d.next_step_at`,
    take: escalated,
    mark: (tx, rows) => tx.$executeRaw`
      update deadline d set climbed = v.climbed, next_step_at = v.next
      from json_to_recordset(${rows}::json) as v(ids bigint[], climbed int, next timestamptz), unnest(v.ids) as one where d.id = one`,
  },
  {
    name: 'soon',
    due: (now) => Prisma.sql`${running} and d.soon_noted_at is null and d.soon_at <= ${now}::timestamptz
      and d.due_at >= ${now}::timestamptz order by d.soon_at`,
    take: soon,
    mark: (tx, rows, now) => tx.$executeRaw`
      update deadline d set soon_noted_at = ${now}::timestamptz
      from json_to_recordset(${rows}::json) as v(ids bigint[]), unnest(v.ids) as one where d.id = one`,
  },
]

async function soon(group: DueGroup, staffing: Staffing): Promise<Taken> {
  const told = tell(staffing, group, kindOf(group.kind).acting, await ladderOf(group.kind, group.startedAt))
  return {
    ...(await standing(group, group.climbed)),
    events: [{ kind: 'soon', detail: logged(told) }],
    notices: noticesOf('deadline.soon', told, stepName(group, 'soon')),
  }
}

/** Whoever acts, and the rungs that are climbed at once, by one notice each. */
async function overdue(group: DueGroup, staffing: Staffing): Promise<Taken> {
  const ladder = await ladderOf(group.kind, group.startedAt)
  const later = ladder.findIndex(({ days }) => days > 0)
  const atOnce = later < 0 ? ladder.length : later
  const told = ladder.slice(0, atOnce).map(({ to }, rung) => tell(staffing, group, to, ladder.slice(rung + 1)))
  const acting = tell(staffing, group, kindOf(group.kind).acting, ladder)
  const first = told.some(({ to }) => to === acting.to) ? [] : [acting]
  const people = new Set([...first, ...told].flatMap(({ staff }) => staff))
  return {
    ...(await standing(group, atOnce)),
    events: [
      { kind: 'overdue', detail: { due: group.dueAt.toISOString(), ...(first[0] ? logged(first[0]) : {}) } },
      ...told.map((one, rung) => ({ kind: 'escalated' as const, detail: { rung: rung + 1, ...logged(one) } })),
    ],
    notices: [...people].map((to) => ({ to, kind: 'deadline.overdue' as const, step: stepName(group, 'overdue') })),
  }
}

async function escalated(group: DueGroup, staffing: Staffing): Promise<Taken> {
  const ladder = await ladderOf(group.kind, group.startedAt)
  const rung = ladder[group.climbed]
  if (!rung) return { ...(await standing(group, ladder.length)), events: [], notices: [] }
  const told = tell(staffing, group, rung.to, ladder.slice(group.climbed + 1))
  return {
    ...(await standing(group, group.climbed + 1)),
    events: [{ kind: 'escalated', detail: { rung: group.climbed + 1, ...logged(told) } }],
    notices: noticesOf('deadline.escalated', told, stepName(group, String(group.climbed + 1))),
  }
}

async function standing(group: DueGroup, climbed: number) {
  const next = (await ladderOf(group.kind, group.startedAt))[climbed]
  return { group, climbed, nextStepAt: next ? stepAt(await calendarAt(group.startedAt), group.dueAt, next) : null }
}

function noticesOf(kind: Taken['notices'][number]['kind'], { staff }: Told, step: string): Taken['notices'] {
  return staff.map((to) => ({ to, kind, step }))
}

/** A new due moment is reminded of anew (rero-ils#2470): it belongs to the step's name. */
const stepName = ({ dueAt }: DueGroup, name: string) => `${name} ${dueAt.toISOString()}`

const logged = ({ staff, ...told }: Told) => ({ ...told, staff: staff.map(String) })
