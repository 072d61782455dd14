import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { change } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { Forbidden, Refused, refuseIf } from '../../lib/refused.ts'
import { lockKeeper } from '../keepers.ts'
import type { PlacesInput, RoomCorrection, RoomInput } from './forms.ts'
import { lockRoom } from './queries.ts'
import { placesProblems, roomProblems } from './rules.ts'

/** Answers with its id. */
export function createRoom(actor: Actor, input: RoomInput): Promise<bigint> {
  return change(actor, async (tx, audit) => {
    guard(actor)
    await refuseSameName(tx, input.name)
    const { data, told } = await checked(tx, input)
    const { id } = await tx.archiveRoom.create({ data, select: { id: true } })
    await audit('room.created', `room:${id}`, { after: told })
    return id
  })
}

export function correctRoom(actor: Actor, id: bigint, { version, ...input }: RoomCorrection): Promise<void> {
  return change(actor, async (tx, audit) => {
    guard(actor)
    const room = await lockRoom(tx, id)
    refuseOther(room, version)
    if (input.name !== room.name) await refuseSameName(tx, input.name)
    const { data, told } = await checked(tx, input)
    if (room.separate && !input.separate) await refuseClassified(tx, id)
    await tx.archiveRoom.update({ where: { id }, data: { ...data, version: version + 1 } })
    const { name, separate, note, keeper } = room
    await audit('room.corrected', `room:${id}`, {
      before: { name, separate, note: note ?? '', keeper: keeper?.name ?? '', version },
      after: { ...told, version: version + 1 },
    })
  })
}

/** Nothing may be left in it; what was ever there keeps its history. */
export function closeRoom(actor: Actor, id: bigint, version: number, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    guard(actor)
    const room = await lockRoom(tx, id)
    refuseOther(room, version)
    const held = await tx.archiveItem.count({
      where: { place: { roomId: id }, state: { notIn: ['disposed', 'given_back'] } },
    })
    if (held > 0)
      throw new Refused([{ rule: 'ARC-04', reason: 'archive:refused.roomHeld', params: { n: held, name: room.name } }])
    await tx.archiveRoom.update({ where: { id }, data: { closedAt: now, version: version + 1 } })
    await audit('room.closed', `room:${id}`, { before: { version }, after: { name: room.name, version: version + 1 } })
  })
}

/** ARC-01: makes those that are not there yet; answers how many that were. */
export function makePlaces(actor: Actor, id: bigint, input: PlacesInput): Promise<number> {
  return change(actor, async (tx, audit) => {
    guard(actor)
    const room = await lockRoom(tx, id)
    if (room.closedAt) throw new Refused([{ rule: 'ARC-01', reason: 'archive:refused.roomClosed' }])
    refuseIf(placesProblems(input))
    const { cabinetFrom, cabinetTo, shelves, positions } = input
    const n = await tx.$executeRaw`
      insert into archive_place (room_id, cabinet, shelf, position)
      select ${id}, c, s, p from generate_series(${cabinetFrom}::int, ${cabinetTo}::int) c,
        generate_series(1, ${shelves}::int) s, generate_series(1, ${positions}::int) p
      on conflict do nothing`
    if (n === 0) throw new Refused([{ rule: 'ARC-01', reason: 'archive:refused.placesThere', field: 'cabinetFrom' }])
    await audit('room.places_made', `room:${id}`, { after: { name: room.name, ...input, places: n } })
    return n
  })
}

function guard(actor: Actor): void {
  if (!mayEver(actor, 'archive.rooms')) throw new Forbidden('archive.rooms')
}

async function checked(tx: Tx, input: RoomInput) {
  refuseIf(roomProblems(input))
  const { name, separate, note } = input
  const keeper = input.keeper === null ? null : await lockKeeper(tx, input.keeper)
  return {
    data: { name, separate, note, keeperId: keeper?.id ?? null },
    told: { name, separate, note: note ?? '', keeper: keeper?.name ?? '' },
  }
}

async function refuseSameName(tx: Tx, name: string): Promise<void> {
  // Two who found the same room at once: the second waits here and is told.
  await tx.$executeRaw`lock table archive_room in share row exclusive mode`
  if ((await tx.archiveRoom.count({ where: { name } })) > 0)
    throw new Refused([{ rule: 'ARC-01', reason: 'archive:refused.roomName', field: 'name', params: { name } }])
}

async function refuseClassified(tx: Tx, roomId: bigint): Promise<void> {
  const where = { place: { roomId }, secrecy: { in: ['confidential' as const, 'top_secret' as const] } }
  const n = await tx.archiveItem.count({ where: { ...where, state: { notIn: ['disposed', 'given_back'] } } })
  if (n > 0)
    throw new Refused([{ rule: 'ARC-02', reason: 'archive:refused.roomClassified', field: 'separate', params: { n } }])
}

function refuseOther(room: { closedAt: Date | null; version: number }, version: number): void {
  if (room.closedAt) throw new Refused([{ rule: 'ARC-01', reason: 'archive:refused.roomClosed' }])
  if (room.version !== version) throw new Refused([{ rule: 'ARC-01', reason: 'archive:refused.changedMeanwhile' }])
}
