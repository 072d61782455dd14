import type { Actor } from '../../access/actor.ts'
import { ask, db } from '../../db.ts'
import { unitsOf } from '../../organisation/queries.ts'
import { visibleComplaintsSql } from '../policy.ts'
import type { ComplaintListQuery } from './forms.ts'

type Unit = { id: bigint; name: string; parentId: bigint | null }

/** What the numbers in addresses mean: departments, people and groups, as far as the lists speak of them. */
export type Names = {
  departments: Unit[]
  people: { id: bigint; number: string; name: string }[]
  groups: { id: bigint; matter: string }[]
}

export const personNames = ['owner', 'taker', 'person', 'breachedOf'] as const

export async function namesIn(queries: ComplaintListQuery[]): Promise<Names> {
  const numbers = queries.flatMap((query) => personNames.map((name) => query[name])).filter((one) => /\d/.test(one))
  const groups = queries.flatMap(({ group }) => (group ? [BigInt(group)] : []))
  const [departments, people, matters] = await Promise.all([
    queries.some(({ department, unit }) => department || unit) ? unitsOf('department') : [],
    numbers.length
      ? db.staff.findMany({ where: { number: { in: numbers } }, select: { id: true, number: true, name: true } })
      : [],
    groups.length
      ? db.complaintGroup.findMany({ where: { id: { in: groups } }, select: { id: true, matter: true } })
      : [],
  ])
  return { departments, people, groups: matters }
}

/** Whom a number in an address means; nobody for a number nobody has. */
export function idOf(actor: Actor, who: string, { people }: Names): bigint {
  return who === 'mine' ? actor.id : (people.find(({ number }) => number === who)?.id ?? -1n)
}

/** The handlers of the complaints a person sees, for choosing one. */
export function handlersListed(actor: Actor): Promise<{ number: string; name: string }[]> {
  return ask`
    select number, name from staff
    where exists (select 1 from complaint where owner_id = staff.id and ${visibleComplaintsSql(actor)})
    order by pinyin, id limit 500`
}
