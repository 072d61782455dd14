import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dayText } from '../../lib/days.ts'
import { retentions } from '../files/forms.ts'
import type { CustomerFile, Volume } from '../files/queries.ts'
import { keeperOptions, type keepersToChoose } from '../keepers.ts'
import { levels } from '../levels.ts'
import { placeText, type RoomChoice } from '../places.ts'
import type { Item } from '../queries.ts'
import { volumeText } from './standing.ts'
import { inks, media, types, type NewItemQuery } from './forms.ts'

type People = Awaited<ReturnType<typeof keepersToChoose>>
type Around = { volumes: Volume[]; rooms: RoomChoice[] }

const words = (t: Translate) => ({
  types: types.map((value) => ({ value, word: t(`archive:type.${value}`) })),
  media: media.map((value) => ({ value, word: t(`archive:medium.${value}`) })),
  inks: inks.map((value) => ({ value, word: t(`archive:ink.${value}`) })),
  levels: levels.map((value) => ({ value, word: t(`archive:level.${value}`) })),
  retentions: retentions.map((value) => ({ value, word: t(`archive:retention.${value}`) })),
})

const places = ({ volumes, rooms }: Around, t: Translate) => ({
  volumes: volumes.map((volume) => ({ value: volume.n, word: volumeText(volume, t) })),
  rooms: rooms.map(({ id, name, separate }) => ({
    value: id,
    word: separate ? `${name} · ${t('archive:room.separate')}` : name,
  })),
})

/** ARC-21: begins with the level of the file; the next of many begins as the last one. */
export function newItemPage(
  actor: Actor,
  file: CustomerFile,
  around: Around & { people: People },
  query: NewItemQuery,
) {
  const t = translate[actor.language]
  return {
    file,
    home: `/archive/files/${file.number}`,
    ...words(t),
    ...places(around, t),
    people: keeperOptions(around.people),
    first: {
      ...query,
      volume: query.volume ?? around.volumes[0]?.n,
      type: query.type ?? 'contract',
      medium: query.medium ?? 'paper',
      ink: query.ink ?? 'printed',
      secrecy: query.secrecy ?? file.secrecy,
      retention: file.retention,
    },
  }
}

export function itemCorrectionPage(actor: Actor, item: Item) {
  return {
    item,
    home: `/archive/items/${item.number}`,
    ...words(translate[actor.language]),
    datedOn: dayText(item.datedOn),
    fades: !item.durable && item.ink !== 'ballpoint' && item.ink !== 'pencil',
  }
}

export function movePage(actor: Actor, item: Item, around: Around) {
  const t = translate[actor.language]
  const room = around.rooms.find(({ name }) => name === item.place?.room)
  return {
    item,
    home: `/archive/items/${item.number}`,
    ...places(around, t),
    now: placeText(item.place),
    room: room?.id ?? '',
  }
}

export function levelPage(actor: Actor, item: Item, people: People, own: string | null) {
  return {
    item,
    home: `/archive/items/${item.number}`,
    ...words(translate[actor.language]),
    people: keeperOptions(people),
    keeper: own ?? '',
    secrecyUntil: dayText(item.secrecyUntil),
  }
}

export function termsPage(actor: Actor, item: Item) {
  return {
    item,
    home: `/archive/items/${item.number}`,
    ...words(translate[actor.language]),
    secrecyUntil: dayText(item.secrecyUntil),
    retainUntil: dayText(item.retainUntil),
  }
}

export const statePage = (item: Item) => ({ item, home: `/archive/items/${item.number}` })
