import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { withinSql } from '../../access/policy.ts'
import { ask } from '../../db.ts'
import { monthBounds } from '../../lib/months.ts'
import { visiblePromisesSql } from '../../promises/policy.ts'
import { countedSql, dueInSql, lateSql, overdueSql, promisesSql } from '../../promises/queries.ts'
import { giftSql, reportings, reportingSql, spentSql, standings, standingSql } from '../counting.ts'
import type { Figures } from './rules.ts'

/** Whose eyes count; null counts all there is, of these people. */
export type Reader = Actor | { owners: readonly bigint[] }
export type Counted = { ownerId: bigint; departmentId: bigint | null } & Partial<Figures>

const isActor = (reader: Reader): reader is Actor => 'grants' in reader
const withinOf = (reader: Reader) =>
  isActor(reader) ? withinSql(reader, 'assessments.view') : Prisma.sql`owner_id = any(${[...reader.owners]}::bigint[])`
/** `unit`: of this department alone; `owner`: of one person. */
type Of = { month: string; unit?: string; owner?: bigint }
const narrowed = ({ unit, owner }: Omit<Of, 'month'>) =>
  Prisma.sql`${unit ? Prisma.sql`department_id = ${BigInt(unit)}` : Prisma.sql`true`}
    and ${owner === undefined ? Prisma.sql`true` : Prisma.sql`owner_id = ${owner}`}`

const figure = (name: keyof Figures, of: Prisma.Sql) => Prisma.sql`${name}::text, ${of}`
const count = (found: Prisma.Sql, name: keyof Figures) => figure(name, Prisma.sql`count(*) filter (where ${found})`)

type Row = { ownerId: bigint; departmentId: bigint | null; figures: Partial<Figures> }
const flat = (rows: Row[]): Counted[] => rows.map(({ figures, ...whose }) => ({ ...whose, ...figures }))

/** The visits of a month, by who goes and the department they went for; the same words as the list's conditions. */
export async function visitsCounted(reader: Reader, { month, ...of }: Of, now: Date): Promise<Counted[]> {
  const { from, until } = monthBounds(month)
  const madeAnd = (reached: string) =>
    Prisma.sql`state in ('done', 'reported') and reached = ${reached}::purpose_reached`
  const columns = [
    ...standings.map((one) => count(standingSql(one, now), one)),
    ...reportings.map((one) => count(reportingSql(one, now), one)),
    count(madeAnd('reached'), 'reached'),
    count(madeAnd('partly'), 'partly'),
    count(madeAnd('not_reached'), 'notReached'),
    count(giftSql, 'gifts'),
    figure('spent', Prisma.sql`(sum(${spentSql}) * 100)::float8`),
  ]
  const rows = await ask<Row>`
    select owner_id as "ownerId", department_id as "departmentId",
      jsonb_build_object(${Prisma.join(columns)}) as figures
    from (select v.*, r.reached from (select * from visit where starts_at >= ${from}::timestamptz
        and starts_at < ${until}::timestamptz and ${withinOf(reader)} and ${narrowed(of)}) v
      left join visit_report r on r.visit_id = v.id) as visit
    group by owner_id, department_id`
  return flat(rows)
}

/** VIS-07: the promises that were due in it, by whose they are. */
export async function promisesCounted(reader: Reader, { month, ...of }: Of, now: Date): Promise<Counted[]> {
  const seen = isActor(reader)
    ? Prisma.sql`${visiblePromisesSql(reader)} and ${countedSql(reader)}`
    : Prisma.sql`owner_id = any(${[...reader.owners]}::bigint[])`
  const columns = [
    count(Prisma.sql`state = 'done' and not late`, 'kept'),
    count(Prisma.sql`state = 'done' and late`, 'keptLate'),
    count(Prisma.sql`overdue`, 'overdue'),
    count(Prisma.sql`true`, 'toKeep'),
  ]
  const rows = await ask<Row>`
    select owner_id as "ownerId", department_id as "departmentId",
      jsonb_build_object(${Prisma.join(columns)}) as figures
    from (select owner_id, department_id, state, ${lateSql} as late, ${overdueSql(now)} as overdue
      from ${promisesSql} as t where ${dueInSql(month)} and ${seen} and ${narrowed(of)}) as due
    group by owner_id, department_id`
  return flat(rows)
}
