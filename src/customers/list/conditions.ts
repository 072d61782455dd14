import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { now } from '../../lib/clock.ts'
import { dayStart } from '../../lib/dates.ts'
import { unitsOf } from '../../organisation/queries.ts'
import { withBelow } from '../../organisation/tree.ts'
import { visibleCustomersSql } from '../policy.ts'
import { termOf, type Look } from '../search.ts'
import type { ListQuery } from './forms.ts'

type Unit = { id: bigint; name: string; parentId: bigint | null }
type Named = { id: bigint; number: string; name: string }

/** What the numbers in addresses mean: the trees of places, people and imports, as far as the lists speak of them. */
export type Names = { departments: Unit[]; regions: Unit[]; people: Named[]; imports: { id: bigint; number: string }[] }

export async function namesIn(queries: ListQuery[]): Promise<Names> {
  const asked = (name: 'owner' | 'import') =>
    [...new Set(queries.map((query) => query[name]))].filter((one) => /\d/.test(one))
  const [owners, imports] = [asked('owner'), asked('import')]
  const [departments, regions, people, runs] = await Promise.all([
    queries.some(({ department }) => department) ? unitsOf('department') : [],
    queries.some(({ region }) => region) ? unitsOf('region') : [],
    owners.length
      ? db.staff.findMany({ where: { number: { in: owners } }, select: { id: true, number: true, name: true } })
      : [],
    imports.length
      ? db.customerImport.findMany({ where: { number: { in: imports } }, select: { id: true, number: true } })
      : [],
  ])
  return { departments, regions, people, imports: runs }
}

/** Everything the list must be, with whose eyes it is seen. */
export function conditionsSql(
  actor: Actor,
  query: ListQuery,
  names: Names,
  act: 'customers.view' | 'customers.export' = 'customers.view',
): Prisma.Sql {
  const { kind, relation, life, standing, source, province, city } = query
  const parts = [
    visibleCustomersSql(actor, act),
    ...matchingSql(query.q),
    ...(kind ? [Prisma.sql`kind = ${kind}::customer_kind`] : []),
    ...(relation ? [Prisma.sql`relation = ${relation}::customer_relation`] : []),
    ...(life ? [Prisma.sql`life = ${life}::customer_life`] : []),
    ...(standing ? [standingSql(standing)] : []),
    ...(source ? [Prisma.sql`source = ${source}::customer_source`] : []),
    ...(province ? [Prisma.sql`province = ${province}`] : []),
    ...(city ? [Prisma.sql`city = ${city}`] : []),
    ...placedSql(actor, query, names),
    ...(query.verify ? [toVerifySql(query.verify)] : []),
    ...(query.from ? [Prisma.sql`created_at >= ${dayStart(query.from)}`] : []),
    ...(query.to ? [Prisma.sql`created_at < ${dayStart(query.to, 1)}`] : []),
  ]
  return Prisma.join(parts, ' and ')
}

// Written out, so that the index of what waits to be confirmed is seen to fit.
const standingSql = (standing: 'provisional' | 'confirmed') =>
  standing === 'provisional' ? Prisma.sql`standing = 'provisional'` : Prisma.sql`standing = 'confirmed'`

/** CUS-07: by the clock of the record; one that ended is no longer waited for. */
function toVerifySql(which: 'due' | 'overdue'): Prisma.Sql {
  const since = which === 'due' ? Prisma.sql`soon_at` : Prisma.sql`due_at`
  return Prisma.sql`id in (select customer_id from deadline
    where kind = 'customer.verification' and met_at is null and cancelled_at is null and ${since} < ${now()}::timestamptz)`
}

function placedSql(actor: Actor, query: ListQuery, names: Names): Prisma.Sql[] {
  const { owner, department, region } = query
  const numbered = (among: { id: bigint; number: string }[], number: string) =>
    among.find((one) => one.number === number)?.id ?? -1n
  return [
    ...(owner === 'none' ? [Prisma.sql`owner_id is null`] : []),
    ...(owner === 'mine' ? [Prisma.sql`owner_id = ${actor.id}`] : []),
    ...(/\d/.test(owner) ? [Prisma.sql`owner_id = ${numbered(names.people, owner)}`] : []),
    ...(department ? [Prisma.sql`department_id = any(${withBelow(names.departments, department)}::bigint[])`] : []),
    ...(region ? [Prisma.sql`region_id = any(${withBelow(names.regions, region)}::bigint[])`] : []),
    ...(query.import ? [Prisma.sql`import_id = ${numbered(names.imports, query.import)}`] : []),
  ]
}

/** CUS-14: every word typed must be found in one of the ways it can be meant. */
export function matchingSql(typed: string): Prisma.Sql[] {
  return termOf(typed).words.map((looks) => Prisma.sql`(${Prisma.join(looks.map(lookedSql), ' or ')})`)
}

function lookedSql(look: Look): Prisma.Sql {
  if (look.in === 'phones') return Prisma.sql`phone_digits like ${look.like}`
  if (look.in === 'numbers') return Prisma.sql`number like ${look.like}`
  if (look.in === 'codes') return Prisma.sql`code like ${look.like}`
  const grams = Prisma.sql`grams @> ${look.grams}::text[]`
  return look.like === null ? grams : Prisma.sql`(${grams} and search_text like ${look.like})`
}
