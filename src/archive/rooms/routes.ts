import { permit } from '../../access/policy.ts'
import { form, page, seeOther } from '../../web/route.ts'
import { keepersToChoose } from '../keepers.ts'
import { closeRoom, correctRoom, createRoom, makePlaces } from './commands.ts'
import {
  closingForm,
  placesForm,
  roomCorrectionForm,
  roomForm,
  roomQuery,
  type PlacesInput,
  type RoomCorrection,
  type RoomInput,
  type RoomQuery,
} from './forms.ts'
import { placePage, placesPage, roomFormPage, roomPage, roomsPage } from './pages.ts'
import { cabinetsOf, heldIn, itemsAt, placeFor, roomFor, rooms, type PlaceOf, type Room } from './queries.ts'

const allow = permit('archive.rooms')
const homeOf = ({ id }: Room) => `/archive/rooms/${id}`

export const roomRoutes = [
  page('/archive/rooms', {
    allow,
    view: 'archive/rooms/index',
    show: async ({ actor }) => roomsPage(actor, await rooms()),
  }),
  form<RoomInput>('/archive/rooms/new', {
    allow,
    view: 'archive/rooms/room',
    show: async ({ actor }) => roomFormPage(actor, await keepersToChoose(), null),
    fields: roomForm,
    submit: async ({ actor, input }) => {
      const id = await createRoom(actor, input)
      return seeOther(`/archive/rooms/${id}`, 'archive:notice.roomCreated', { name: input.name })
    },
  }),
  page<Room, RoomQuery>('/archive/rooms/:room', {
    load: roomFor,
    allow,
    query: roomQuery as never,
    view: 'archive/rooms/show',
    show: async ({ actor, record, query }) => {
      const cabinets = await cabinetsOf(record)
      const open = query.cabinet ?? cabinets[0]?.cabinet ?? null
      return roomPage(actor, record, cabinets, open, open === null ? [] : await heldIn(record, open))
    },
  }),
  form<RoomCorrection, Room>('/archive/rooms/:room/correction', {
    load: roomFor,
    allow,
    view: 'archive/rooms/room',
    show: async ({ actor, record }) => roomFormPage(actor, await keepersToChoose(), record),
    fields: roomCorrectionForm,
    submit: async ({ actor, record, input }) => {
      await correctRoom(actor, record.id, input)
      return seeOther(homeOf(record), 'archive:notice.roomCorrected')
    },
  }),
  form<{ version: number }, Room>('/archive/rooms/:room/closing', {
    load: roomFor,
    allow,
    view: 'archive/rooms/closing',
    show: ({ record }) => ({ room: record, home: homeOf(record) }),
    fields: closingForm,
    submit: async ({ actor, record, input, now }) => {
      await closeRoom(actor, record.id, input.version, now)
      return seeOther('/archive/rooms', 'archive:notice.roomClosed', { name: record.name })
    },
  }),
  form<PlacesInput, Room>('/archive/rooms/:room/places', {
    load: roomFor,
    allow,
    view: 'archive/rooms/places',
    show: async ({ actor, record }) => placesPage(actor, record, await cabinetsOf(record)),
    fields: placesForm,
    submit: async ({ actor, record, input }) => {
      const n = await makePlaces(actor, record.id, input)
      return seeOther(`${homeOf(record)}?cabinet=${input.cabinetFrom}`, 'archive:notice.placesMade', { n })
    },
  }),
  page<PlaceOf>('/archive/rooms/:room/places/:place', {
    load: placeFor,
    allow,
    view: 'archive/rooms/place',
    show: async ({ actor, record }) => {
      const { items, more } = await itemsAt(actor, record)
      return placePage(actor, record, items, more)
    },
  }),
]
