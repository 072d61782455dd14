import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { keeperOptions, type keepersToChoose } from '../keepers.ts'
import { sealOf } from '../marks.ts'
import { archiveTabs } from '../tabs.ts'
import type { Cabinet, Held, ItemThere, PlaceOf, Room } from './queries.ts'

type People = Awaited<ReturnType<typeof keepersToChoose>>

const shareOf = ({ places, used }: { places: number; used: number }) =>
  places === 0 ? 0 : Math.round((used / places) * 100)

export function roomsPage(actor: Actor, rooms: Room[]) {
  const t = translate[actor.language]
  return {
    tabs: archiveTabs(actor, '/archive/rooms'),
    rows: rooms.map((room) => ({ ...roomRow(room, t), href: `/archive/rooms/${room.id}` })),
    nothing: { heading: t('archive:room.none'), hint: t('archive:room.noneHint') },
  }
}

function roomRow(room: Room, t: (typeof translate)['zh']) {
  const { name, separate, keeper, places, used, items, closedAt, note } = room
  return {
    name,
    kind: t(separate ? 'archive:room.separate' : 'archive:room.common'),
    keeper: keeper?.name ?? '',
    places,
    used,
    items,
    share: shareOf(room),
    closed: closedAt !== null,
    note: note ?? '',
  }
}

/** One cabinet stands open: its shelves from the top down, each with its positions from left to right. */
export function roomPage(actor: Actor, room: Room, cabinets: Cabinet[], open: number | null, held: Held[]) {
  const t = translate[actor.language]
  const home = `/archive/rooms/${room.id}`
  const shelves = [...new Set(held.map(({ shelf }) => shelf))]
  return {
    tabs: archiveTabs(actor, '/archive/rooms'),
    room,
    home,
    row: roomRow(room, t),
    cabinets: cabinets.map((one) => ({
      ...one,
      href: `${home}?cabinet=${one.cabinet}`,
      open: one.cabinet === open,
      share: shareOf(one),
    })),
    open,
    positions: [...new Set(held.map(({ position }) => position))],
    shelves: shelves.map((shelf) => ({
      shelf,
      cells: held
        .filter((one) => one.shelf === shelf)
        .map(({ id, n, position }) => ({
          n,
          href: `${home}/places/${id}`,
          label: t('archive:placeText', { room: room.name, cabinet: open ?? 0, shelf, position }),
        })),
    })),
  }
}

export function roomFormPage(actor: Actor, people: People, room: Room | null) {
  return {
    tabs: archiveTabs(actor, '/archive/rooms'),
    room,
    home: room ? `/archive/rooms/${room.id}` : '/archive/rooms',
    people: keeperOptions(people),
  }
}

export function placesPage(actor: Actor, room: Room, cabinets: Cabinet[]) {
  return {
    tabs: archiveTabs(actor, '/archive/rooms'),
    room,
    home: `/archive/rooms/${room.id}`,
    first: (cabinets.at(-1)?.cabinet ?? 0) + 1,
  }
}

export function placePage(actor: Actor, place: PlaceOf, items: ItemThere[], more: number) {
  const t = translate[actor.language]
  const { room, cabinet, shelf, position } = place
  return {
    tabs: archiveTabs(actor, '/archive/rooms'),
    room,
    home: `/archive/rooms/${room.id}?cabinet=${cabinet}`,
    heading: t('archive:placeText', { room: room.name, cabinet, shelf, position }),
    rows: items.map(({ secrecy, ...item }) => ({
      ...item,
      seal: sealOf(secrecy),
      href: `/archive/items/${item.number}`,
    })),
    more: more > 0 ? t('archive:room.unknown', { n: more }) : '',
    nothing: { heading: t('archive:room.empty') },
  }
}
