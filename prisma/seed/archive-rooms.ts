import type pg from 'pg'
import { put, reserve } from './copy.ts'

export type Rooms = { placeFor: (serial: number, classified: boolean) => number }

const usual = ['一号档案室', '二号档案室']
const separate = '机要档案室'
const cabinets = 12
const shelves = 6
const positions = 10
const held = cabinets * shelves * positions

/** Two rooms for everything and one set apart for 机密 and 绝密 (ARC-02), with their places. */
export async function createRooms(client: pg.Client, keeper: string): Promise<Rooms> {
  const { rows } = await client.query<{ id: string; name: string }>(
    `insert into archive_room (name, separate, keeper_id) select name, name = $2, $3 from unnest($1::text[]) as name
     on conflict (name) do update set name = excluded.name returning id, name`,
    [[...usual, separate], separate, keeper],
  )
  const { rows: there } = await client.query<{ room: string; first: string; n: number }>(
    `select room_id as room, min(id) as first, count(*)::int as n from archive_place
     where room_id = any($1) group by room_id`,
    [rows.map(({ id }) => id)],
  )
  const first = new Map<string, number>()
  for (const { id, name } of rows) {
    const known = there.find(({ room, n }) => room === id && n === held)
    first.set(name, known ? Number(known.first) : await createPlaces(client, id))
  }
  return {
    placeFor: (serial, classified) =>
      first.get(classified ? separate : usual[serial % usual.length]!)! + ((serial * 7) % held),
  }
}

async function createPlaces(client: pg.Client, room: string): Promise<number> {
  await client.query('delete from archive_place where room_id = $1', [room])
  const first = await reserve(client, 'archive_place', held)
  const places = Array.from({ length: held }, (_, at) => [
    first + at,
    room,
    1 + Math.floor(at / (shelves * positions)),
    1 + (Math.floor(at / positions) % shelves),
    1 + (at % positions),
  ])
  await put(client, 'archive_place', 'id, room_id, cabinet, shelf, position', places)
  return first
}
