import type { Tx } from '../db.ts'

/** How these people are written into a form that is read by name or number: by name, unless that is somebody else's, too. */
export async function writtenAs(reads: Pick<Tx, '$queryRaw'>, ids: readonly bigint[]): Promise<string[]> {
  const rows = await reads.$queryRaw<{ word: string }[]>`
    select case when exists (select from staff o where o.name = s.name and o.id <> s.id) then s.number else s.name end as word
    from unnest(${[...ids]}::bigint[]) with ordinality as w(id, place) join staff s on s.id = w.id order by w.place`
  return rows.map(({ word }) => word)
}
