import { Prisma } from '../../../prisma/client/client.ts'
import { ask } from '../../db.ts'
import { both, momentsOf, seenSql, type Both, type Scope } from './figures.ts'

export const timed = ['contact', 'remedy', 'done'] as const
export type Timed = (typeof timed)[number]
/** Of the clocks of what was received in the month; spans in seconds of elapsed time. */
export type Times = {
  met: number
  inTime: number
  /** Cases in which the moment was missed. */
  missed: number
  /** Clocks that are met or missed: what the share in time is of. */
  ended: number
  median: number | null
  most: number | null
}

// `clock` is its place among `timed`: numbers are sorted without the rules of a language.
type TimesRow = Times & { current: boolean; clock: number }

/** CMP-12 … 14: how long contact, remedy and closing took: the middle one, and what nine of ten needed at most. */
export async function timesIn(scope: Scope): Promise<Record<Timed, Both<Times>>> {
  const { since, from, until } = momentsOf(scope.month)
  const rows = await ask<TimesRow>`
    with received as materialized (
      select id, received_at >= ${from}::timestamptz as current from complaint
      where received_at >= ${since}::timestamptz and received_at < ${until}::timestamptz and state <> 'void'
        and ${seenSql(scope)}),
    clocks as (
      select r.id, r.current, d.met_at, d.breached_at, extract(epoch from d.met_at - d.started_at)::float8 as span,
        case d.kind when 'complaint.contact' then 0 when 'complaint.remedy' then 1 else 2 end as clock
      from received r join deadline d on d.subject = 'complaint:' || r.id
      where d.kind in ('complaint.contact', 'complaint.remedy', 'complaint.done', 'complaint.done_days',
        'complaint.done_hours'))
    select current, clock, count(met_at)::int as met, count(*) filter (where met_at is not null and breached_at is null)::int
        as "inTime", count(distinct id) filter (where breached_at is not null)::int as missed,
      count(*) filter (where met_at is not null or breached_at is not null)::int as ended,
      percentile_cont(0.5) within group (order by span) as median, percentile_cont(0.9) within group (order by span) as most
    from clocks group by current, clock`
  const of = (clock: Timed, current: boolean) =>
    rows.find((row) => timed[row.clock] === clock && row.current === current) ?? none
  const entries = timed.map((clock) => [clock, { now: of(clock, true), before: of(clock, false) }])
  return Object.fromEntries(entries) as Record<Timed, Both<Times>>
}

const none: Times = { met: 0, inTime: 0, missed: 0, ended: 0, median: null, most: null }

export const happenings = ['overdue', 'escalated', 'reopened', 'paused'] as const
export type Happening = (typeof happenings)[number]
type Happened = { cases: Both<number>; times: Both<number> }

/** CMP-15, CMP-21: in how many cases a moment was missed, it came again, it was reopened, its clocks were paused. */
export async function happenedIn(scope: Scope): Promise<Record<Happening, Happened>> {
  const { since, from, until } = momentsOf(scope.month)
  const within = (at: Prisma.Sql) => Prisma.sql`${at} >= ${since}::timestamptz and ${at} < ${until}::timestamptz`
  const rows = await ask<{ what: Happening; current: boolean; cases: number; times: number }>`
    with facts as (
      select substr(d.subject, 11)::bigint as complaint, 'overdue' as what, d.breached_at as at from deadline d
      where d.breached_at is not null and d.kind like 'complaint.%' and d.subject like 'complaint:%'
        and d.kind in ('complaint.contact', 'complaint.progress', 'complaint.done', 'complaint.done_days',
          'complaint.done_hours') and ${within(Prisma.sql`d.breached_at`)}
      union all
      select complaint_id, 'escalated', at from complaint_escalation where ${within(Prisma.sql`at`)}
      union all
      select complaint_id, 'reopened', at from complaint_reopening where ${within(Prisma.sql`at`)}
      union all
      select complaint_id, 'paused', from_at from complaint_pause where ${within(Prisma.sql`from_at`)})
    select what, at >= ${from}::timestamptz as current, count(distinct complaint)::int as cases, count(*)::int as times
    from facts join lateral (
      select from complaint where id = facts.complaint and state <> 'void' and ${seenSql(scope)}) seen on true
    group by what, current`
  const of = (what: Happening): Happened => {
    const found = rows.filter((row) => row.what === what)
    return { cases: both(found, ({ cases }) => cases), times: both(found, ({ times }) => times) }
  }
  return Object.fromEntries(happenings.map((what) => [what, of(what)])) as Record<Happening, Happened>
}

export type Besides = {
  /** SAT-03: what customers said by the link on the closing letter. */
  rated: Both<number>
  ratings: Both<number>
  /** Whole days for which clocks stood still, of the pauses that began in the month. */
  pausedDays: Both<number>
}
type BesidesRow = { current: boolean; what: 'rated' | 'paused'; n: number; sum: number }

export async function besidesIn(scope: Scope): Promise<Besides> {
  const { since, from, until } = momentsOf(scope.month)
  const within = (at: Prisma.Sql) => Prisma.sql`${at} >= ${since}::timestamptz and ${at} < ${until}::timestamptz`
  const rows = await ask<BesidesRow>`
    with facts as (
      select complaint_id as complaint, 'rated' as what, used_at as at, score::float8 as value from complaint_rating
      where ${within(Prisma.sql`used_at`)}
      union all
      select complaint_id, 'paused', from_at, extract(epoch from coalesce(until_at, most_until) - from_at) / 86400
      from complaint_pause where ${within(Prisma.sql`from_at`)})
    select what, at >= ${from}::timestamptz as current, count(*)::int as n, sum(value)::float8 as sum
    from facts join lateral (
      select from complaint where id = facts.complaint and state <> 'void' and ${seenSql(scope)}) seen on true
    group by what, current`
  const of = (what: BesidesRow['what']) => rows.filter((row) => row.what === what)
  return {
    rated: both(of('rated'), ({ n }) => n),
    ratings: both(of('rated'), ({ sum }) => sum),
    pausedDays: both(of('paused'), ({ sum }) => sum),
  }
}
