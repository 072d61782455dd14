import type { Actor } from '../../access/actor.ts'
import { ask, db } from '../../db.ts'
import { unitsOf } from '../../organisation/queries.ts'
import type { Unit } from '../../organisation/tree.ts'
import { visibleVisitsSql } from '../policy.ts'
import type { VisitListQuery } from './forms.ts'

/** What the numbers in addresses mean: departments, regions and people, as far as the lists speak of them. */
export type Names = {
  departments: Unit[]
  regions: Unit[]
  people: { id: bigint; number: string; name: string }[]
}

export async function namesIn(queries: VisitListQuery[]): Promise<Names> {
  const numbers = queries.map(({ owner }) => owner).filter((one) => /\d/.test(one))
  const select = { id: true, number: true, name: true } as const
  const [departments, regions, people] = await Promise.all([
    queries.some(({ department, unit }) => department || unit) ? unitsOf('department') : [],
    queries.some(({ region }) => region) ? unitsOf('region') : [],
    numbers.length ? db.staff.findMany({ where: { number: { in: numbers } }, select }) : [],
  ])
  return { departments, regions, people }
}

/** Whom a number in an address means; nobody for a number nobody has. */
export const idOf = (actor: Actor, who: string, { people }: Pick<Names, 'people'>): bigint =>
  who === 'mine' ? actor.id : (people.find(({ number }) => number === who)?.id ?? -1n)

/** Those whose visits a person sees, for choosing one. */
export function visitorsListed(actor: Actor): Promise<{ number: string; name: string }[]> {
  return ask`
    select number, name from staff
    where exists (select 1 from visit where owner_id = staff.id and ${visibleVisitsSql(actor)})
    order by pinyin, id limit 500`
}
