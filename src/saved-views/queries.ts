import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { ask, db, type Tx } from '../db.ts'
import type { ListQuery } from '../customers/list/address.ts'
import { NotFound } from '../lib/refused.ts'
import { customerList, type KeptList } from './lists.ts'
import { mayChange } from './policy.ts'

/** A person keeps at most so many; so many of those for everybody are shown. */
export const mostViews = 20

const columns = {
  id: true,
  name: true,
  list: true,
  query: true,
  shared: true,
  staffId: true,
  staff: { select: { name: true } },
} satisfies Prisma.SavedViewSelect
type Row = Prisma.SavedViewGetPayload<{ select: typeof columns }>
export type View<Q = ListQuery> = Kept & { query: Q }

/** One's own, then those for everybody, each in the order in which they were made. */
export async function viewsFor<Q = ListQuery>(
  actor: Actor,
  list: KeptList<Q> = customerList as unknown as KeptList<Q>,
): Promise<View<Q>[]> {
  // By hand, because it stands above every list: the client would ask twice.
  const rows = await ask<Omit<Row, 'staff'> & { maker: string }>`
    select id, name, list, query, shared, staff_id as "staffId",
      (select name from staff where staff.id = saved_view.staff_id) as maker
    from saved_view where list = ${list.name} and (staff_id = ${actor.id} or shared) order by id limit 500`
  const own = rows.filter(({ staffId }) => staffId === actor.id)
  const others = rows.filter(({ staffId }) => staffId !== actor.id).slice(0, mostViews)
  return [...own, ...others].flatMap(({ maker, ...row }) => read(list, { ...row, staff: { name: maker } }))
}

/** To change it: a view that is somebody else's does not exist. */
export const viewFor =
  <Q>(list: KeptList<Q>) =>
  async (actor: Actor, id: string): Promise<View<Q>> => {
    const row = /^\d{1,18}$/.test(id)
      ? await db.savedView.findUnique({ where: { id: BigInt(id) }, select: columns })
      : null
    const [view] = row ? read(list, row) : []
    if (!view || !mayChange(actor, view)) throw new NotFound()
    return view
  }

/** Holds the view until the transaction ends; null when it was removed meanwhile. */
export async function lockView(tx: Tx, id: bigint): Promise<Kept | null> {
  await tx.$queryRaw`select 1 from saved_view where id = ${id} for update`
  const row = await tx.savedView.findUnique({ where: { id }, select: columns })
  return row && { ...row, search: row.query }
}
export type Kept = Omit<Row, 'query' | 'list'> & { search: string }

// What an older release kept and this one no longer understands is left out.
function read<Q>(kept: KeptList<Q>, { query: search, list, ...row }: Row): View<Q>[] {
  const query = list === kept.name ? kept.read(search) : null
  return query ? [{ ...row, search, query }] : []
}
