import { Prisma } from '../../prisma/client/client.ts'
import type { Role } from '../../prisma/client/enums.ts'
import { signedIn, type Actor, type Grant } from './actor.ts'
import { rowOf, type Act, type Reach } from './table.ts'

/** What a record must tell so that scopes can be judged. A record of no place lies only in the whole company. */
export type Placed = { ownerId: bigint | null; departmentId: bigint | null; regionId: bigint | null }

/** Asks the table; routes carry these, so that tests can read which row a route obeys. */
export type Permit<R> = ((actor: Actor, record: R) => boolean) & { readonly act: Act }

/** May this person do this at all: somewhere, to some record. */
export function mayEver(actor: Actor, act: Act): boolean {
  const row = rowOf(act)
  if (row === 'anyone') return true
  if (!signedIn(actor)) return false
  return row === 'signed_in' || reaches(actor, act).length > 0
}

/** PPL-01: may this person do this to this record. */
export function may(actor: Actor, act: Act, record: Placed): boolean {
  return reaches(actor, act).some(
    ({ grant, reach }) =>
      reach === 'all' || (reach === 'own' ? record.ownerId === actor.id : reach === 'place' && lies(grant, record)),
  )
}

/** For pages and records that lie nowhere: the right itself is the answer. */
export function permit(act: Act): Permit<unknown> {
  return Object.assign((actor: Actor) => mayEver(actor, act), { act })
}

/** For records with a place. */
export function permitAt<R extends Placed>(act: Act): Permit<R> {
  return Object.assign((actor: Actor, record: R) => may(actor, act, record), { act })
}

const nobody = 0n

/** Which records an act reaches: everything, nothing, or those that match one of the conditions (Prisma's `OR`). */
export function within(actor: Actor, act: Act): { OR: Condition[] } | Record<string, never> {
  const conditions = conditionsOf(actor, act)
  if (conditions === null) return {}
  // Below an AND, Prisma takes an empty OR for no condition at all.
  return { OR: conditions.length === 0 ? [{ ownerId: nobody }] : conditions }
}

type Columns = { owner: Prisma.Sql; department: Prisma.Sql; region: Prisma.Sql }
const ownColumns: Columns = {
  owner: Prisma.sql`owner_id`,
  department: Prisma.sql`department_id`,
  region: Prisma.sql`region_id`,
}

/** The same for a query written in SQL, over the columns owner_id, department_id and region_id, or what stands for them. */
export function withinSql(actor: Actor, act: Act, columns: Columns = ownColumns): Prisma.Sql {
  const conditions = conditionsOf(actor, act)
  if (conditions === null) return Prisma.sql`true`
  if (conditions.length === 0) return Prisma.sql`false`
  return Prisma.sql`(${Prisma.join(
    conditions.map((one) => inSql(one, columns)),
    ' or ',
  )})`
}

type Condition = { ownerId: bigint } | { departmentId: { in: bigint[] } } | { regionId: { in: bigint[] } }

/** Null where nothing is held back. */
function conditionsOf(actor: Actor, act: Act): Condition[] | null {
  const found = reaches(actor, act)
  if (found.some(({ reach, grant }) => reach === 'all' || (reach === 'place' && grant.scope === 'company'))) return null
  return found.map(({ reach, grant }): Condition => {
    if (reach === 'own') return { ownerId: actor.id }
    if (grant.scope === 'department') return { departmentId: { in: [...grant.departmentIds] } }
    return { regionId: { in: [...grant.regionIds] } }
  })
}

/** The same as ways, each of which an index may walk in the order of a list; null where nothing is held back. */
export function waysWithin(actor: Actor, act: Act, columns: Columns = ownColumns): Prisma.Sql[] | null {
  const { owner, department, region } = columns
  const ways = conditionsOf(actor, act)?.flatMap((one) => {
    if ('ownerId' in one) return [Prisma.sql`${owner} = ${one.ownerId}`]
    if ('departmentId' in one) return one.departmentId.in.map((id) => Prisma.sql`${department} = ${id}`)
    return one.regionId.in.map((id) => Prisma.sql`${region} = ${id}`)
  })
  return ways ?? null
}

function inSql(condition: Condition, { owner, department, region }: Columns): Prisma.Sql {
  if ('ownerId' in condition) return Prisma.sql`${owner} = ${condition.ownerId}`
  if ('departmentId' in condition) return Prisma.sql`${department} = any(${condition.departmentId.in}::bigint[])`
  return Prisma.sql`${region} = any(${condition.regionId.in}::bigint[])`
}

function reaches(actor: Actor, act: Act): { grant: Grant; reach: Exclude<Reach, 'first_steps'> }[] {
  const row = rowOf(act)
  if (typeof row === 'string') return []
  return actor.grants.flatMap((grant) => {
    const reach = (row as { [R in Role]?: Reach })[grant.role]
    if (!reach || (reach === 'first_steps' && !actor.settingUp)) return []
    return [{ grant, reach: reach === 'first_steps' ? 'all' : reach }]
  })
}

function lies(grant: Grant, record: Placed): boolean {
  if (grant.scope === 'company') return true
  if (grant.scope === 'department')
    return record.departmentId !== null && grant.departmentIds.includes(record.departmentId)
  return record.regionId !== null && grant.regionIds.includes(record.regionId)
}
