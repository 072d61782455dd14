import { ask, type Tx } from '../db.ts'
import { Refused } from '../lib/refused.ts'

export type PlaceGiven = { room: bigint | null; cabinet: number | null; shelf: number | null; position: number | null }
export type Place = { id: bigint; separate: boolean; text: string }

/** ARC-01: the place that was named; null where none was. */
export async function placeGiven(tx: Tx, { room, cabinet, shelf, position }: PlaceGiven): Promise<Place | null> {
  if (room === null && cabinet === null && shelf === null && position === null) return null
  if (room === null || cabinet === null || shelf === null || position === null) throw refusal('placeHalf')
  const found = await tx.archivePlace.findFirst({
    where: { roomId: room, cabinet, shelf, position },
    select: { id: true, room: { select: { name: true, separate: true, closedAt: true } } },
  })
  if (!found) throw refusal('placeUnknown')
  if (found.room.closedAt) throw refusal('roomClosed')
  return {
    id: found.id,
    separate: found.room.separate,
    text: `${found.room.name} ${cabinet}-${shelf}-${position}`,
  }
}

function refusal(reason: 'placeHalf' | 'placeUnknown' | 'roomClosed'): Refused {
  return new Refused([{ rule: 'ARC-01', reason: `archive:refused.${reason}`, field: 'room' }])
}

export type RoomChoice = { id: string; name: string; separate: boolean }

export function roomsToChoose(): Promise<RoomChoice[]> {
  return ask<RoomChoice>`
    select id::text, name, separate from archive_room where closed_at is null order by separate, name`
}

/** 档案一室 3-2-15: cabinet, shelf, position. */
export const placeText = (place: { room: string; cabinet: number; shelf: number; position: number } | null): string =>
  place ? `${place.room} ${place.cabinet}-${place.shelf}-${place.position}` : ''
