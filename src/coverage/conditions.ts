import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { waysWithin, withinSql } from '../access/policy.ts'
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

/** As rules.ts counts from, kept by a trigger: of who had none, the company's day of the record's first moment. */
const anybody = Prisma.sql`contact_basis`
const manager = Prisma.sql`manager_contact_basis`

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
  return Prisma.join([withinSql(actor, act), ...narrowedSql(actor, query, known)], ' and ')
}

/** The same as ways, each of which an index walks in the order of days; no customer comes by two of them. */
export function placesSql(actor: Actor, query: CoverageQuery, known: Known): Prisma.Sql[] {
  const narrowed = narrowedSql(actor, query, known)
  const placed = waysWithin(actor, 'coverage.view') ?? [Prisma.sql`true`]
  const apart = placed.map((way, at) =>
    at === 0 ? way : Prisma.sql`${way} and (${Prisma.join(placed.slice(0, at), ' or ')}) is not true`,
  )
  return apart.map((way) => Prisma.join([way, ...narrowed], ' and '))
}

function narrowedSql(actor: Actor, query: CoverageQuery, known: Known): Prisma.Sql[] {
  const { owner, department, unit, region, grade } = query
  return [
    ...(owner ? [ownerSql(actor, owner, known)] : []),
    ...(department ? [Prisma.sql`department_id = any(${below(known.departments, department)}::bigint[])`] : []),
    ...(unit
      ? [unit === 'none' ? Prisma.sql`department_id is null` : Prisma.sql`department_id = ${BigInt(unit)}`]
      : []),
    ...(region ? [Prisma.sql`region_id = any(${below(known.regions, region)}::bigint[])`] : []),
    ...(grade ? [grade === 'none' ? Prisma.sql`grade is null` : Prisma.sql`grade = ${grade}::customer_grade`] : []),
  ]
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

/** The owners of the customers that a person sees here, for choosing one: a probe of an index for each person. */
export function ownersListed(actor: Actor): Promise<{ number: string; name: string }[]> {
  return ask`
    select number, name from staff
    where exists (select from customer
      where owner_id = staff.id and withdrawn_at is null and ${withinSql(actor, 'coverage.view', ofCustomer)})
    order by pinyin, id limit 500`
}

const ofCustomer = {
  owner: Prisma.sql`customer.owner_id`,
  department: Prisma.sql`customer.department_id`,
  region: Prisma.sql`customer.region_id`,
}
