import { Prisma } from '../../../prisma/client/client.ts'
import type { SecrecyLevel } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { ask, db, type Tx } from '../../db.ts'
import { now } from '../../lib/clock.ts'
import { NotFound } from '../../lib/refused.ts'
import { knownSql, visibleItemsSql } from '../policy.ts'

export type Room = {
  id: bigint
  name: string
  separate: boolean
  keeper: { number: string; name: string } | null
  note: string | null
  closedAt: Date | null
  version: number
  places: number
  /** Places with something in them. */
  used: number
  items: number
}

const selected = Prisma.sql`
  select r.id, r.name, r.separate, r.note, r.closed_at as "closedAt", r.version,
    (select json_build_object('number', number, 'name', name) from staff where id = r.keeper_id) as keeper,
    count(p.id)::int as places, count(p.id) filter (where held.n > 0)::int as used, coalesce(sum(held.n), 0)::int as items
  from archive_room r left join archive_place p on p.room_id = r.id
  left join lateral (select count(*)::int as n from archive_item
    where place_id = p.id and state not in ('disposed', 'given_back')) held on true`

/** Those in use first. */
export function rooms(): Promise<Room[]> {
  return ask<Room>`${selected} group by r.id order by r.closed_at is not null, r.separate, r.name`
}

export async function roomFor(_actor: Actor, id: string): Promise<Room> {
  if (!/^\d{1,18}$/.test(id)) throw new NotFound()
  const [room] = await ask<Room>`${selected} where r.id = ${BigInt(id)} group by r.id`
  if (!room) throw new NotFound()
  return room
}

export async function lockRoom(tx: Tx, id: bigint) {
  await tx.$queryRaw`select 1 from archive_room where id = ${id} for update`
  return tx.archiveRoom.findUniqueOrThrow({
    where: { id },
    select: { id: true, name: true, separate: true, note: true, closedAt: true, version: true, keeper: true },
  })
}

export type Cabinet = { cabinet: number; shelves: number; places: number; used: number }

export function cabinetsOf({ id }: Room): Promise<Cabinet[]> {
  return ask<Cabinet>`
    select p.cabinet, max(p.shelf) as shelves, count(*)::int as places, count(*) filter (where held)::int as used
    from archive_place p join lateral (select exists (select from archive_item
      where place_id = p.id and state not in ('disposed', 'given_back')) as held) h on true
    where p.room_id = ${id} group by p.cabinet order by p.cabinet`
}

export type Held = { id: bigint; shelf: number; position: number; n: number }

/** From the top down, from left to right. */
export function heldIn({ id }: Room, cabinet: number): Promise<Held[]> {
  return ask<Held>`
    select p.id, p.shelf, p.position,
      (select count(*)::int from archive_item where place_id = p.id and state not in ('disposed', 'given_back')) as n
    from archive_place p where p.room_id = ${id} and p.cabinet = ${cabinet} order by p.shelf, p.position`
}

export type PlaceOf = { room: Room; id: bigint; cabinet: number; shelf: number; position: number }

export async function placeFor(actor: Actor, roomId: string, id: string): Promise<PlaceOf> {
  const room = await roomFor(actor, roomId)
  if (!/^\d{1,18}$/.test(id)) throw new NotFound()
  const place = await db.archivePlace.findFirst({ where: { id: BigInt(id), roomId: room.id } })
  if (!place) throw new NotFound()
  return { room, id: place.id, cabinet: place.cabinet, shelf: place.shelf, position: place.position }
}

export type ItemThere = { number: string; title: string; secrecy: SecrecyLevel; customer: string; lent: boolean }

/** ARC-02: where an item lies that one may not know is not told either: it is only counted. */
export async function itemsAt(actor: Actor, { id }: PlaceOf): Promise<{ items: ItemThere[]; more: number }> {
  const items = await ask<ItemThere>`
    select i.number, i.title, i.secrecy::text, c.name as customer,
      exists (select from loan where item_id = i.id and returned_at is null) as lent
    from archive_item i join customer c on c.id = i.customer_id
    where i.place_id = ${id} and i.state not in ('disposed', 'given_back') and ${visibleItemsSql(actor)} and ${knownSql(actor, now())}
    order by i.number limit 500`
  const all = await db.archiveItem.count({ where: { placeId: id, state: { notIn: ['disposed', 'given_back'] } } })
  return { items, more: all - items.length }
}
