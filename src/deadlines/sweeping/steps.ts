import { Prisma } from '../../../prisma/client/client.ts'
import type { DeadlineEventKind, Role } from '../../../prisma/client/enums.ts'
import { kindOf } from '../kinds.ts'
import type { DueGroup } from './groups.ts'
import { seniorIn, tell, type Told } from './recipients.ts'
import type { Staffing } from './staffing.ts'

/** What a step does to each of a group: its new state, the events of its record, and who is told by which notice. */
export type Taken = {
  group: DueGroup
  climbed: number
  nextStepAt: Date | null
  events: { kind: DeadlineEventKind; detail: object }[]
  /** `step`: which one of a deadline it is told of. */
  notices: { to: bigint; kind: 'deadline.soon' | 'deadline.overdue' | 'deadline.escalated'; step: string }[]
  /** APR-05: the role that may sign as well from now on. */
  senior: Role | null
}

export type Step = {
  name: 'overdue' | 'escalated' | 'soon'
  /** Which deadlines; each has its own small index. */
  due: (now: Date) => Prisma.Sql
  take: (group: DueGroup, staffing: Staffing, now: Date) => Taken
  /** The new state of `deadline d`; `v` has what was taken. */
  set: (now: Date) => Prisma.Sql
}

const running = Prisma.sql`d.met_at is null and d.cancelled_at is null and d.paused_at is null`

/** In this order: what is overdue is not reminded of as due soon any more. */
export const steps: Step[] = [
  {
    name: 'overdue',
    due: (now) =>
      Prisma.sql`${running} and d.overdue_noted_at is null and d.due_at < ${now}::timestamptz order by d.due_at`,
    take: overdue,
    set: (now) => Prisma.sql`overdue_noted_at = ${now}::timestamptz,
      soon_noted_at = coalesce(d.soon_noted_at, ${now}::timestamptz), breached_at = coalesce(d.breached_at, d.due_at),
      climbed = v.climbed, next_step_at = v.next`,
  },
  {
    name: 'escalated',
    due: (now) => Prisma.sql`${running} and d.next_step_at <= ${now}::timestamptz order by d.next_step_at`,
    take: escalated,
    set: () => Prisma.sql`climbed = v.climbed, next_step_at = v.next`,
  },
  {
    name: 'soon',
    due: (now) => Prisma.sql`${running} and d.soon_noted_at is null and d.soon_at <= ${now}::timestamptz
      and d.due_at >= ${now}::timestamptz order by d.soon_at`,
    take: soon,
    set: (now) => Prisma.sql`soon_noted_at = ${now}::timestamptz`,
  },
]

function soon(group: DueGroup, staffing: Staffing): Taken {
  const told = tell(staffing, group, kindOf(group.kind).acting, group.ladder)
  return {
    ...standing(group, group.climbed),
    senior: null,
    events: [{ kind: 'soon', detail: logged(told) }],
    notices: byDigest(group) ? [] : told.staff.map((to) => ({ to, kind: 'deadline.soon', step: 'soon' })),
  }
}

/** Whoever acts, and the rungs that are climbed at once, by one notice each; then those whose day has come since. */
function overdue(group: DueGroup, staffing: Staffing, now: Date): Taken {
  const climbs = climbsBy(group, staffing, 0, now)
  const later = climbs.findIndex(({ days }) => days > 0)
  const [atOnce, since] = later < 0 ? [climbs, []] : [climbs.slice(0, later), climbs.slice(later)]
  const acting = tell(staffing, group, kindOf(group.kind).acting, group.ladder)
  const first = atOnce.some(({ told }) => told.to === acting.to) ? [] : [acting]
  const people = new Set([...first, ...atOnce.map(({ told }) => told)].flatMap(({ staff }) => staff))
  return {
    ...standing(group, climbs.length),
    senior: seniorOf(group, climbs),
    events: [{ kind: 'overdue', detail: first[0] ? logged(first[0]) : {} }, ...climbs.map(eventOf)],
    notices: [
      ...(byDigest(group) ? [] : [...people]).map((to) => ({ to, kind: 'deadline.overdue' as const, step: 'overdue' })),
      ...since.flatMap(noticesOf),
    ],
  }
}

function escalated(group: DueGroup, staffing: Staffing, now: Date): Taken {
  const climbs = climbsBy(group, staffing, group.climbed, now)
  const climbed = climbs.at(-1)?.rung ?? group.ladder.length
  const senior = seniorOf(group, climbs)
  return { ...standing(group, climbed), senior, events: climbs.map(eventOf), notices: climbs.flatMap(noticesOf) }
}

const byDigest = ({ kind }: DueGroup) => kindOf(kind).digest === true

type Climb = { rung: number; days: number; told: Told }

/** The rungs from one on whose time has come: after a standstill more than one. */
function climbsBy(group: DueGroup, staffing: Staffing, from: number, now: Date): Climb[] {
  const { ladder, stepAt } = group
  const waits = ladder.findIndex((rung, at) => at >= from && stepAt(rung) > now)
  return ladder.slice(from, waits < 0 ? ladder.length : waits).map(({ to, days }, at) => {
    const rung = from + at + 1
    return { rung, days, told: tell(staffing, group, to, ladder.slice(rung)) }
  })
}

function standing(group: DueGroup, climbed: number) {
  const next = group.ladder[climbed]
  return { group, climbed, nextStepAt: next ? group.stepAt(next) : null }
}

function seniorOf({ signing }: DueGroup, climbs: Climb[]): Role | null {
  const last = signing ? climbs.at(-1) : undefined
  return last ? seniorIn(last.told) : null
}

function eventOf({ rung, told }: Climb): Taken['events'][number] {
  return { kind: 'escalated', detail: { rung, ...logged(told) } }
}

function noticesOf({ rung, told }: Climb): Taken['notices'] {
  return told.staff.map((to) => ({ to, kind: 'deadline.escalated', step: String(rung) }))
}

const logged = ({ staff, ...told }: Told) => ({ ...told, staff: staff.map(String) })
