import type { Actor } from '../../../access/actor.ts'
import { ask, db } from '../../../db.ts'
import { unitsOf } from '../../../organisation/queries.ts'
import type { Unit } from '../../../organisation/tree.ts'
import type { ReleaseListQuery } from './forms.ts'
import { seenSql } from './reach.ts'

/** What the numbers in addresses mean. */
export type Names = {
  departments: Unit[]
  regions: Unit[]
  people: { id: bigint; number: string; name: string }[]
}

export async function namesIn(queries: ReleaseListQuery[]): Promise<Names> {
  const numbers = queries.map(({ owner }) => owner).filter((one) => /\d/.test(one))
  const select = { id: true, number: true, name: true } as const
  const [departments, regions, people] = await Promise.all([
    queries.some(({ department }) => department) ? unitsOf('department') : [],
    queries.some(({ region }) => region) ? unitsOf('region') : [],
    numbers.length ? db.staff.findMany({ where: { number: { in: numbers } }, select }) : [],
  ])
  return { departments, regions, people }
}

/** Whom a number in an address means; nobody for a number nobody has. */
export const idOf = (actor: Actor, who: string, { people }: Pick<Names, 'people'>): bigint =>
  who === 'mine' ? actor.id : (people.find(({ number }) => number === who)?.id ?? -1n)

/** Those with whose customers' releases a person has to do, for choosing one. */
export function ownersListed(actor: Actor): Promise<{ number: string; name: string }[]> {
  return ask`
    select number, name from staff
    where exists (select 1 from release where owner_id = staff.id and ${seenSql(actor)})
    order by pinyin, id limit 500`
}
