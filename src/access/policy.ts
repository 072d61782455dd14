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

/** Which records an act reaches: everything, nothing, or those that match one of the conditions (Prisma's `OR`). */
export function within(actor: Actor, act: Act): { OR: Condition[] } | Record<string, never> {
  const found = reaches(actor, act)
  if (found.some(({ reach, grant }) => reach === 'all' || (reach === 'place' && grant.scope === 'company'))) return {}
  return {
    OR: found.map(({ reach, grant }): Condition => {
      if (reach === 'own') return { ownerId: actor.id }
      if (grant.scope === 'department') return { departmentId: { in: [...grant.departmentIds] } }
      return { regionId: { in: [...grant.regionIds] } }
    }),
  }
}

type Condition = { ownerId: bigint } | { departmentId: { in: bigint[] } } | { regionId: { in: bigint[] } }

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
