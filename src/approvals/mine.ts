import { Prisma } from '../../prisma/client/client.ts'
import type { Actor, Grant } from '../access/actor.ts'
import { grantsOf } from '../access/queries.ts'
import { actingFor } from '../delegations/queries.ts'

/** Whose right to sign somebody has now: their own, or another's for these kinds (APR-04). */
export type Right = { id: bigint; grants: readonly Grant[]; kinds: readonly string[] | null; name: string }

/** One page asks for them several times: an actor is made for each request, and is the same person all through it. */
const known = new WeakMap<Actor, { at: number; rights: Promise<Right[]> }>()

export function rightsOf(actor: Actor, now: Date): Promise<Right[]> {
  const found = known.get(actor)
  if (found?.at === now.getTime()) return found.rights
  const rights = rightsAt(actor, now)
  known.set(actor, { at: now.getTime(), rights })
  return rights
}

async function rightsAt(actor: Actor, now: Date): Promise<Right[]> {
  const own = { id: actor.id, grants: actor.grants, kinds: null, name: actor.name }
  const lent = await actingFor(actor.id, now)
  if (lent.length === 0) return [own]
  const grants = await grantsOf(lent.map(({ fromId }) => fromId))
  const others = lent.map(({ fromId, fromName, kinds }) => ({
    id: fromId,
    grants: grants.get(fromId) ?? [],
    kinds: [...kinds],
    name: fromName,
  }))
  return [own, ...others]
}

/** standingOf() over the columns of `approval_step s`: one's steps by any of these rights, in whatever state. */
export function mineSql(actor: Actor, rights: readonly Right[]): Prisma.Sql {
  const any = Prisma.join(rights.map(byRightSql), ' or ')
  return Prisma.sql`(${any}) and not (${actor.id} = any(s.excluded))`
}

/** For whom this person would sign `approval_step s`: null for themselves. */
export function forNameSql([own, ...lent]: readonly Right[]): Prisma.Sql {
  if (!own || lent.length === 0) return Prisma.sql`null::text`
  const cases = lent.map((right) => Prisma.sql`when ${byRightSql(right)} then ${right.name}`)
  return Prisma.sql`case when ${byRightSql(own)} then null ${Prisma.join(cases, ' ')} end`
}

function byRightSql({ id, grants, kinds }: Right): Prisma.Sql {
  const signs = Prisma.join([Prisma.sql`s.staff_id = ${id}`, ...grants.map(grantSql)], ' or ')
  if (kinds === null) return Prisma.sql`(${signs})`
  return Prisma.sql`(s.kind = any(${kinds}::text[]) and not (${id} = any(s.excluded)) and (${signs}))`
}

function grantSql({ role, scope, departmentIds, regionIds }: Grant): Prisma.Sql {
  const signs = Prisma.sql`(s.role = ${role}::role or s.senior_role = ${role}::role)`
  if (scope === 'company') return signs
  if (scope === 'department') return Prisma.sql`(${signs} and s.department_id = any(${departmentIds}::bigint[]))`
  return Prisma.sql`(${signs} and s.region_id = any(${regionIds}::bigint[]))`
}
