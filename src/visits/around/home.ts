import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { mayEver, withinSql } from '../../access/policy.ts'
import { ask } from '../../db.ts'
import { dateText, dayStart } from '../../lib/dates.ts'
import { asClock, type Clock } from '../../tasks/queries.ts'

/** How many, and the first of them, with the clock of its report where one runs. */
export type UrgentVisit = {
  count: number
  number: string
  party: string
  owner: string
  startsAt: Date
  timed: boolean
  district: string | null
  place: string | null
  clock: Clock | null
}
/** VIS-01: a plan to hand in: not begun, being made, or sent back. */
export type UrgentPlan = { month: string; number: string | null; state: string | null; clock: Clock | null }
const visitQueues = ['today', 'unconfirmed', 'reports', 'reviews'] as const
export type VisitQueue = (typeof visitQueues)[number]
export type VisitsAtHome = Record<VisitQueue, UrgentVisit | null> & { plan: UrgentPlan | null }

/** As the first page counts (home/queries.ts). */
const most = 1001
/** A plan is asked for when so many days are left. */
const planDays = 7

/** Wish 45: what of visits waits for this person, in two queries. */
export async function visitsAtHome(actor: Actor, now: Date): Promise<VisitsAtHome> {
  const [visits, plan] = await Promise.all([urgentVisits(actor, now), planToFile(actor, now)])
  const found = (name: VisitQueue) => visits.find(({ queue }) => queue === name) ?? null
  return {
    today: found('today'),
    unconfirmed: found('unconfirmed'),
    reports: found('reports'),
    reviews: found('reviews'),
    plan,
  }
}

type Row = UrgentVisit & { queue: VisitQueue }

async function urgentVisits(actor: Actor, now: Date): Promise<Row[]> {
  const wanted = [
    ...(mayEver(actor, 'visits.plan') ? ownQueues(actor, now) : []),
    ...(mayEver(actor, 'visits.review') ? [reviewQueue(actor)] : []),
  ]
  if (wanted.length === 0) return []
  const rows = await ask<Row>`
    select f.queue, f.count, v.number, v.party, s.name as owner, v.starts_at as "startsAt", v.timed, v.district, v.place,
      ${clockSql} as clock
    from (${Prisma.join(wanted, ' union all ')}) f join visit v on v.id = f.id join staff s on s.id = v.owner_id`
  return rows.map((row) => ({ ...row, clock: asClock(row.clock) }))
}

function ownQueues({ id }: Actor, now: Date): Prisma.Sql[] {
  const today = dateText(now)
  const tomorrow = dateText(dayStart(today, 1))
  const planned = (day: string) => Prisma.sql`owner_id = ${id} and on_day = ${day}::date and state = 'approved'`
  const unreported = Prisma.sql`owner_id = ${id} and state in ('approved', 'done')
    and (state = 'done' or starts_at + make_interval(mins => minutes) <= ${now}::timestamptz)`
  return [
    queueSql('today', planned(today), Prisma.sql`starts_at, id`),
    queueSql('unconfirmed', Prisma.sql`${planned(tomorrow)} and confirmed_at is null`, Prisma.sql`starts_at, id`),
    queueSql('reports', unreported, Prisma.sql`report_due_at nulls last, starts_at, id`),
  ]
}

/** VIS-06: reports that nobody has looked at; nobody signs their own (PPL-02). */
function reviewQueue(actor: Actor): Prisma.Sql {
  const where = Prisma.sql`unreviewed and state = 'reported' and owner_id <> ${actor.id} and ${withinSql(actor, 'visits.review')}`
  return queueSql('reviews', where, Prisma.sql`reported_at, id`)
}

const queueSql = (queue: VisitQueue, where: Prisma.Sql, order: Prisma.Sql) => Prisma.sql`
  select ${queue} as queue, id, (select count(*)::int from (select from visit where ${where} limit ${most}) n) as count
  from (select id from visit where ${where} order by ${order} limit 1) one`

const clockSql = Prisma.sql`(
  select json_build_object('id', d.id::text, 'unit', d.unit, 'startedAt', d.started_at, 'dueAt', d.due_at, 'soonAt', d.soon_at,
    'pausedAt', d.paused_at, 'metAt', d.met_at, 'cancelledAt', d.cancelled_at)
  from deadline d where d.subject = 'visit:' || v.id and d.kind like 'visit.report%' and d.met_at is null
    and d.cancelled_at is null order by d.due_at limit 1)`

/** VIS-01: the months whose plan is due soon or overdue, and those sent back; the most urgent of them. */
async function planToFile(actor: Actor, now: Date): Promise<UrgentPlan | null> {
  if (!mayEver(actor, 'visits.plan')) return null
  const soon = dayStart(dateText(now), planDays + 1)
  const [found] = await ask<UrgentPlan>`
    with waited as (
      select right(d.subject, 7) as month, json_build_object('id', d.id::text, 'unit', d.unit, 'startedAt', d.started_at, 'dueAt', d.due_at,
        'soonAt', d.soon_at, 'pausedAt', d.paused_at, 'metAt', d.met_at, 'cancelledAt', d.cancelled_at) as clock
      from deadline d where d.owner_id = ${actor.id} and d.kind = 'visit.plan' and d.met_at is null
        and d.cancelled_at is null and d.due_at < ${soon}::timestamptz),
    own as (
      select number, state, to_char(month, 'YYYY-MM') as month from visit_plan where owner_id = ${actor.id}
        and month >= date_trunc('month', ${dateText(now)}::date) and state in ('draft', 'returned', 'refused'))
    select coalesce(w.month, o.month) as month, o.number, o.state::text, w.clock
    from waited w full join own o on o.month = w.month
    where w.month is not null or o.state in ('returned', 'refused') order by 1 limit 1`
  return found ? { ...found, clock: asClock(found.clock) } : null
}
