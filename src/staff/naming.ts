import { db, type Tx } from '../db.ts'

/** How these people are written into a form that is read by name or number: by name, unless that is somebody else's, too. */
export async function writtenAs(reads: Pick<Tx, '$queryRaw'>, ids: readonly bigint[]): Promise<string[]> {
  const rows = await reads.$queryRaw<{ word: string }[]>`
    select case when exists (select from staff o where o.name = s.name and o.id <> s.id) then s.number else s.name end as word
    from unnest(${[...ids]}::bigint[]) with ordinality as w(id, place) join staff s on s.id = w.id order by w.place`
  return rows.map(({ word }) => word)
}

/** Names of people by their ids. */
export async function namesById(ids: readonly (bigint | null)[]): Promise<ReadonlyMap<bigint, string>> {
  const some = [...new Set(ids)].filter((id) => id !== null)
  if (some.length === 0) return new Map()
  const found = await db.staff.findMany({ where: { id: { in: some } }, select: { id: true, name: true } })
  return new Map(found.map(({ id, name }) => [id, name]))
}

/** The same in the order of their ids. */
export async function namesInOrder(ids: readonly bigint[]): Promise<string[]> {
  const names = await namesById(ids)
  return ids.flatMap((id) => names.get(id) ?? [])
}
