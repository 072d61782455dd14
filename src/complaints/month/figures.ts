import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { ask } from '../../db.ts'
import { visibleComplaintsSql } from '../policy.ts'
import { monthAfter, monthBounds } from './rules.ts'

/** Of a month and of the one before it. */
export type Both<T> = { now: T; before: T }

/** What is counted: this reader's statistics, of a department and all below it where one is asked for. */
export type Scope = { actor: Actor; month: string; departments: readonly bigint[] | null }

/** The moments of a month and of the one before it. */
export function momentsOf(month: string) {
  const { from, until } = monthBounds(month)
  return { since: monthBounds(monthAfter(month, -1)).from, from, until }
}

/** Over the columns of `complaint`. */
export function seenSql({ actor, departments }: Pick<Scope, 'actor' | 'departments'>): Prisma.Sql {
  const visible = visibleComplaintsSql(actor, 'complaints.statistics')
  if (departments === null) return visible
  return Prisma.sql`${visible} and coalesce(department_id, receiving_department_id) = any(${[...departments]}::bigint[])`
}

export const groupings = ['kind', 'level', 'channel', 'cause', 'department'] as const
export type Grouping = (typeof groupings)[number]
/** `key` null: no cause, or no department. */
export type Group = { key: string | null } & Both<number>
export type Received = { all: Both<number>; open: Both<number>; by: Record<Grouping, Group[]> }

type Row = { current: boolean; bits: number; key: string | null; n: number; open: number }
// What `grouping(…)` says where this one alone is grouped by.
const bitsOf: Record<Grouping, number> = { kind: 15, level: 23, channel: 27, cause: 29, department: 30 }
const allBits = 31

/** CMP-19: what was received in the month, in one statement for all the ways of counting it. */
export async function receivedIn(scope: Scope): Promise<Received> {
  const { since, from, until } = momentsOf(scope.month)
  const rows = await ask<Row>`
    with received as materialized (
      select received_at >= ${from}::timestamptz as current, kind, level, channel, cause, state,
        coalesce(department_id, receiving_department_id) as department
      from complaint where received_at >= ${since}::timestamptz and received_at < ${until}::timestamptz
        and state <> 'void' and ${seenSql(scope)})
    select current, grouping(kind, level, channel, cause, department) as bits,
      coalesce(kind::text, level::text, channel::text, cause::text, department::text) as key,
      count(*)::int as n, count(*) filter (where state <> 'closed')::int as open
    from received
    group by grouping sets ((current), (current, kind), (current, level), (current, channel), (current, cause),
      (current, department))`
  const whole = rows.filter(({ bits }) => bits === allBits)
  const by = Object.fromEntries(
    groupings.map((name) => [name, merged(rows.filter(({ bits }) => bits === bitsOf[name]))]),
  ) as Record<Grouping, Group[]>
  return { all: both(whole, ({ n }) => n), open: both(whole, ({ open }) => open), by }
}

/** One row for each of both months becomes one with both, the largest first. */
function merged(rows: readonly Row[]): Group[] {
  const keys = [...new Set(rows.map(({ key }) => key))]
  const groups = keys.map((key) => ({
    key,
    ...both(
      rows.filter((row) => row.key === key),
      ({ n }) => n,
    ),
  }))
  return groups.toSorted((a, b) => b.now - a.now || b.before - a.before || String(a.key).localeCompare(String(b.key)))
}

export function both<R extends { current: boolean }>(rows: readonly R[], of: (row: R) => number): Both<number> {
  const one = (current: boolean) => {
    const row = rows.find((found) => found.current === current)
    return row ? of(row) : 0
  }
  return { now: one(true), before: one(false) }
}

export type Closed = {
  n: Both<number>
  /** How many customers said how satisfied they are, and the sum of what they said. */
  answered: Both<number>
  scores: Both<number>
  /** In yuan, and in how many cases. */
  compensation: Both<number>
  compensated: Both<number>
  byCause: ({ key: string | null; cases: number } & Both<number>)[]
}
type ClosedRow = {
  current: boolean
  whole: boolean
  key: string | null
  n: number
  answered: number
  scores: number
  yuan: number
  compensated: number
}

/** What was closed in the month: satisfaction and compensation are of these. */
export async function closedIn(scope: Scope): Promise<Closed> {
  const { since, from, until } = momentsOf(scope.month)
  const rows = await ask<ClosedRow>`
    with closed as materialized (
      select closed_at >= ${from}::timestamptz as current, cause, satisfaction, compensation
      from complaint where closed_at >= ${since}::timestamptz and closed_at < ${until}::timestamptz
        and state = 'closed' and ${seenSql(scope)})
    select current, grouping(cause) = 1 as whole, cause::text as key, count(*)::int as n,
      count(satisfaction)::int as answered, coalesce(sum(satisfaction), 0)::int as scores,
      sum(compensation)::float8 as yuan, count(*) filter (where compensation > 0)::int as compensated
    from closed group by grouping sets ((current), (current, cause))`
  const whole = rows.filter((row) => row.whole)
  const causes = rows.filter((row) => !row.whole && row.yuan > 0)
  const byCause = [...new Set(causes.map(({ key }) => key))].map((key) => {
    const of = causes.filter((row) => row.key === key)
    return { key, cases: both(of, ({ compensated }) => compensated).now, ...both(of, ({ yuan }) => yuan) }
  })
  return {
    n: both(whole, ({ n }) => n),
    answered: both(whole, ({ answered }) => answered),
    scores: both(whole, ({ scores }) => scores),
    compensation: both(whole, ({ yuan }) => yuan),
    compensated: both(whole, ({ compensated }) => compensated),
    byCause: byCause.toSorted((a, b) => b.now - a.now),
  }
}
