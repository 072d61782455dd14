import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { withinSql } from '../access/policy.ts'
import { ask, db } from '../db.ts'
import { unitsOf } from '../organisation/queries.ts'
import type { Unit } from '../organisation/tree.ts'
import { dateText } from '../lib/dates.ts'
import { daysOfMonth, monthAfter, monthOf } from '../lib/months.ts'
import { regulationAt } from '../regulations/in-force.ts'
import type { CoverageQuery } from './forms.ts'
import { dayBefore, figuresOf, latestBasis, type CoverageFigures, type CoverageRule } from './rules.ts'

export type CoverageAct = 'coverage.view' | 'visits.export'

/** Whom the rules ask to be contacted: who is gone is left out. As the indexes customer_due… say it. */
const asked = Prisma.sql`withdrawn_at is null and life <> 'lost' and life <> 'void'`

/** As rules.ts counts from; the company's day of the record's first moment. */
const createdOn = Prisma.sql`(created_at at time zone 'Asia/Shanghai')::date`
const anybody = Prisma.sql`coalesce(contacted_on, ${createdOn})`
const manager = Prisma.sql`coalesce(manager_contacted_on, ${createdOn})`

/** A share of the customers for which the same day counts: each has its index. */
export type Way = { basis: Prisma.Sql; where: Prisma.Sql }

export function waysOf(rule: CoverageRule, { gradeABy }: CoverageFigures): Way[] {
  const gradeA = Prisma.sql`${asked} and grade = 'A'`
  if (rule === 'grade_a') return [{ basis: anybody, where: gradeA }]
  if (rule === 'manager') return [{ basis: manager, where: gradeA }]
  if (gradeABy === 'anybody') return [{ basis: anybody, where: asked }]
  return [
    { basis: anybody, where: Prisma.sql`${asked} and grade is distinct from 'A'` },
    { basis: manager, where: gradeA },
  ]
}

/** What was looked up of the regulation and of the names in an address. */
export type Known = { figures: CoverageFigures; departments: Unit[]; regions: Unit[]; ownerId: bigint | null }

export async function knownFor(
  query: Pick<CoverageQuery, 'owner' | 'department' | 'region'>,
  now: Date,
): Promise<Known> {
  const [regulation, departments, regions, owner] = await Promise.all([
    regulationAt(now),
    unitsOf('department'),
    unitsOf('region'),
    /\d/.test(query.owner) ? db.staff.findUnique({ where: { number: query.owner }, select: { id: true } }) : null,
  ])
  return { figures: figuresOf(regulation), departments, regions, ownerId: owner?.id ?? null }
}

/** What the list asks of a customer besides the rule, over the columns of `customer`. */
export function conditionsSql(actor: Actor, query: CoverageQuery, known: Known, act: CoverageAct): Prisma.Sql {
  const { owner, department, unit, region, grade } = query
  const parts = [
    withinSql(actor, act),
    ...(owner ? [ownerSql(actor, owner, known)] : []),
    ...(department ? [Prisma.sql`department_id = any(${below(known.departments, department)}::bigint[])`] : []),
    ...(unit
      ? [unit === 'none' ? Prisma.sql`department_id is null` : Prisma.sql`department_id = ${BigInt(unit)}`]
      : []),
    ...(region ? [Prisma.sql`region_id = any(${below(known.regions, region)}::bigint[])`] : []),
    ...(grade ? [grade === 'none' ? Prisma.sql`grade is null` : Prisma.sql`grade = ${grade}::customer_grade`] : []),
  ]
  return Prisma.join(parts, ' and ')
}

function ownerSql(actor: Actor, owner: string, { ownerId }: Known): Prisma.Sql {
  if (owner === 'none') return Prisma.sql`owner_id is null`
  return Prisma.sql`owner_id = ${owner === 'mine' ? actor.id : (ownerId ?? -1n)}`
}

export function below(units: readonly Unit[], id: string): bigint[] {
  const found = units.filter((unit) => String(unit.id) === id).map((unit) => unit.id)
  for (const above of found) found.push(...units.filter(({ parentId }) => parentId === above).map((unit) => unit.id))
  return found
}

/** Which bases the span takes in. */
export function spanSql(
  { basis }: Way,
  { rule, span }: CoverageQuery,
  figures: CoverageFigures,
  now: Date,
): Prisma.Sql {
  const months = figures[rule]
  if (span === 'all') return Prisma.sql`true`
  if (span === 'covered') return Prisma.sql`${basis} > ${latestBasis(yesterday(now), months)}::date`
  return Prisma.sql`${basis} <= ${latestBasis(dueBy(span, now), months)}::date`
}

const yesterday = (now: Date) => dayBefore(dateText(now))

/** The last due day that a span takes in. */
export function dueBy(span: 'over' | 'month' | 'next', now: Date): string {
  if (span === 'over') return yesterday(now)
  return daysOfMonth(span === 'month' ? monthOf(now) : monthAfter(monthOf(now), 1)).at(-1)!
}

/** The owners of the customers that a person sees here, for choosing one. */
export function ownersListed(actor: Actor): Promise<{ number: string; name: string }[]> {
  return ask`
    select number, name from staff
    where exists (select 1 from customer where owner_id = staff.id and withdrawn_at is null and ${withinSql(actor, 'coverage.view')})
    order by pinyin, id limit 500`
}
