import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { ask, db } from '../../db.ts'
import { unitsOf } from '../../organisation/queries.ts'
import { withBelow } from '../../organisation/tree.ts'
import { whoseSql } from '../counting.ts'
import { visibleComplaintsSql } from '../policy.ts'
import { momentsOf, seenSql } from './figures.ts'
import type { Occasion, OccasionQuery } from './occasion-forms.ts'
import { monthOf } from './rules.ts'

export const pageSize = 50

export type OccasionRow = {
  id: bigint
  at: Date
  number: string
  title: string
  /** Whom the month counts it for. */
  who: string | null
  by: string | null
  department: string | null
  way: string | null
  said: string | null
  unrecorded: boolean
  score: number | null
  /** When the pause ended or at the latest ends, when the clock was met after all. */
  until: Date | null
  ended: boolean
}
export type Occasions = {
  month: string
  rows: OccasionRow[]
  count: number
  /** Of the scores, or of the days for which clocks stood still. */
  sum: number
  departments: { id: bigint; name: string }[]
  person: string | null
}

/** CMP-15, CMP-19, CMP-21: every time that the month counts, a row; as many as the figure says. */
export async function occasionsFor(actor: Actor, query: OccasionQuery, now: Date): Promise<Occasions> {
  const month = query.month || monthOf(now)
  const [units, person] = await Promise.all([unitsOf('department'), personOf(query.person)])
  const found = foundSql(actor, { ...query, month }, { units, person })
  const [rows, [whole]] = await Promise.all([
    rowsOf(found, Prisma.sql`limit ${pageSize} offset ${(query.page - 1) * pageSize}`),
    ask<{ count: number; sum: number }>`
      select count(*)::int as count, coalesce(sum(coalesce(score, extract(epoch from until - at) / 86400)), 0)::float8 as sum
      from (${found}) as found`,
  ])
  const departments = units.map(({ id, name }) => ({ id, name }))
  return { month, rows, ...whole!, departments, person: person?.name ?? null }
}

/** All of them, in pieces, for a file: as far as the export right reaches. */
export async function* everyOccasion(
  actor: Actor,
  query: OccasionQuery,
  now: Date,
  rowsAtOnce = 1000,
): AsyncGenerator<OccasionRow> {
  const month = query.month || monthOf(now)
  const [units, person] = await Promise.all([unitsOf('department'), personOf(query.person)])
  const leaving = Prisma.sql`and ${visibleComplaintsSql(actor, 'complaints.export')}`
  const found = foundSql(actor, { ...query, month }, { units, person }, leaving)
  for (let last: OccasionRow | null = null; ;) {
    const beyond: Prisma.Sql = last ? Prisma.sql`where (at, id) < (${last.at}::timestamptz, ${last.id})` : Prisma.empty
    const rows = await rowsOf(
      Prisma.sql`select * from (${found}) as all_found ${beyond}`,
      Prisma.sql`limit ${rowsAtOnce}`,
    )
    yield* rows
    if (rows.length < rowsAtOnce) return
    last = rows.at(-1)!
  }
}

const personOf = (number: string) =>
  number ? db.staff.findUnique({ where: { number }, select: { id: true, name: true } }) : null

const rowsOf = (found: Prisma.Sql, part: Prisma.Sql) =>
  ask<OccasionRow>`
    select f.id, f.at, f.number, f.title, w.name || ' ' || w.number as who, b.name || ' ' || b.number as by,
      d.name as department, f.way, f.said, f.unrecorded, f.score, f.until, f.ended
    from (select * from (${found}) as found order by at desc, id desc ${part}) f
      left join staff w on w.id = f.who_id left join staff b on b.id = f.by_id left join department d on d.id = f.unit_id
    order by f.at desc, f.id desc`

type Known = { units: Awaited<ReturnType<typeof unitsOf>>; person: { id: bigint } | null }

function foundSql(actor: Actor, query: OccasionQuery, { units, person }: Known, more = Prisma.empty): Prisma.Sql {
  const { what, month, department, unit } = query
  const { from, until } = momentsOf(month)
  const departments = department ? withBelow(units, department) : null
  const parts = [
    Prisma.sql`true`,
    ...(query.person ? [Prisma.sql`coalesce(f.staff_id, k.staff_id) = ${person?.id ?? -1n}`] : []),
    ...(unit === 'none' ? [Prisma.sql`k.unit_id is null`] : []),
    ...(/\d/.test(unit) ? [Prisma.sql`k.unit_id = ${BigInt(unit)}`] : []),
  ]
  return Prisma.sql`
    select f.id, f.at, f.by_id, f.way, f.said, f.unrecorded, f.score, f.until, f.ended, k.number, k.title, k.unit_id,
      coalesce(f.staff_id, k.staff_id) as who_id
    from (${sourceOf[what](Prisma.sql`>= ${from}::timestamptz`, Prisma.sql`< ${until}::timestamptz`)}) f
      join lateral (select number, title, coalesce(owner_id, received_by_id) as staff_id,
        coalesce(department_id, receiving_department_id) as unit_id from complaint
        where id = f.complaint_id and state <> 'void' and ${seenSql({ actor, departments })} ${more}) k on true
    where ${Prisma.join(parts, ' and ')}`
}

type Source = (since: Prisma.Sql, until: Prisma.Sql) => Prisma.Sql
const missed =
  (kinds: string[]): Source =>
  (since, until) => Prisma.sql`
    select d.id, substr(d.subject, 11)::bigint as complaint_id, d.breached_at as at,
      coalesce(${whoseSql}, d.owner_id) as staff_id, null::bigint as by_id, null::text as way, null::text as said,
      false as unrecorded, null::int as score, d.met_at as until, d.met_at is not null as ended
    from deadline d where d.kind like 'complaint.%' and d.subject like 'complaint:%' and d.breached_at is not null
      and d.kind = any(${kinds}::text[]) and d.breached_at ${since} and d.breached_at ${until}`

const sourceOf: Record<Occasion, Source> = {
  escalated: (since, until) => Prisma.sql`
    select id, complaint_id, at, null::bigint as staff_id, by_id, way, words as said, unrecorded, null::int as score,
      null::timestamptz as until, false as ended
    from complaint_escalation where at ${since} and at ${until}`,
  paused: (since, until) => Prisma.sql`
    select id, complaint_id, from_at as at, by_id as staff_id, by_id, null::text as way, reason as said,
      false as unrecorded, null::int as score, coalesce(until_at, most_until) as until, until_at is not null as ended
    from complaint_pause where from_at ${since} and from_at ${until}`,
  rated: (since, until) => Prisma.sql`
    select id, complaint_id, used_at as at, null::bigint as staff_id, null::bigint as by_id, null::text as way,
      words as said, false as unrecorded, score, null::timestamptz as until, false as ended
    from complaint_rating where used_at ${since} and used_at ${until}`,
  contact: missed(['complaint.contact']),
  progress: missed(['complaint.progress']),
  done: missed(['complaint.done', 'complaint.done_days', 'complaint.done_hours']),
}
