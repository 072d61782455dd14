import { db } from '../../db.ts'
import { form, page, seeOther } from '../../web/route.ts'
import { filePolicy } from '../files/policy.ts'
import { fileFor, volumesOf, type CustomerFile } from '../files/queries.ts'
import { keepersToChoose } from '../keepers.ts'
import { roomsToChoose } from '../places.ts'
import { itemFor, type Item } from '../queries.ts'
import { changeLevel, correctItem, findItem, moveItem, setTerms } from './changing.ts'
import { createItem } from './commands.ts'
import { itemCorrectionPage, levelPage, movePage, newItemPage, statePage, termsPage } from './form-pages.ts'
import {
  itemCorrectionForm,
  itemForm,
  itemQuery,
  levelForm,
  moveForm,
  newItemQuery,
  stateForm,
  termsForm,
  type ItemCorrection,
  type ItemInput,
  type ItemQuery,
  type LevelChange,
  type Move,
  type NewItemQuery,
  type StateChange,
  type Terms,
} from './forms.ts'
import { reportMissing } from './missing.ts'
import { nextOf } from './next.ts'
import { itemPolicy } from './policy.ts'
import { showItem } from './showing.ts'

const homeOf = ({ number }: Item) => `/archive/items/${number}`
const around = async (fileId: bigint) => ({ volumes: await volumesOf({ id: fileId }), rooms: await roomsToChoose() })

/** The keeper of its own, where it has one. */
async function ownKeeper({ id }: Item): Promise<string | null> {
  const found = await db.archiveItem.findUnique({ where: { id }, select: { keeper: { select: { number: true } } } })
  return found?.keeper?.number ?? null
}

export const itemRoutes = [
  form<ItemInput, CustomerFile, NewItemQuery>('/archive/files/:number/items/new', {
    load: fileFor,
    allow: filePolicy.keep,
    query: newItemQuery,
    view: 'archive/items/new',
    show: async ({ actor, record, query }) => {
      const [places, people] = await Promise.all([around(record.id), keepersToChoose()])
      return newItemPage(actor, record, { ...places, people }, query)
    },
    fields: itemForm,
    draft: true,
    submit: async ({ actor, record, input, now }) => {
      const { number, task } = await createItem(actor, record.id, input, now)
      const to = input.another ? nextOf(record.number, input) : `/archive/items/${number}`
      if (task) return seeOther(to, 'archive:notice.itemFading', { number, task })
      return seeOther(to, 'archive:notice.itemCreated', { number })
    },
  }),
  page<Item, ItemQuery>('/archive/items/:number', {
    load: itemFor,
    allow: itemPolicy.view,
    query: itemQuery as never,
    view: 'archive/items/show',
    show: ({ actor, record, query, now }) => showItem(actor, record, query.n, now),
  }),
  form<ItemCorrection, Item>('/archive/items/:number/correction', {
    load: itemFor,
    allow: itemPolicy.keep,
    view: 'archive/items/correction',
    show: ({ actor, record }) => itemCorrectionPage(actor, record),
    fields: itemCorrectionForm,
    submit: async ({ actor, record, input, now }) => {
      const task = await correctItem(actor, record.id, input, now)
      if (task) return seeOther(homeOf(record), 'archive:notice.itemFades', { task })
      return seeOther(homeOf(record), 'archive:notice.itemCorrected')
    },
  }),
  form<Move, Item>('/archive/items/:number/place', {
    load: itemFor,
    allow: itemPolicy.keep,
    view: 'archive/items/place',
    show: async ({ actor, record }) => movePage(actor, record, await around(record.fileId)),
    fields: moveForm,
    submit: async ({ actor, record, input }) => {
      await moveItem(actor, record.id, input)
      return seeOther(homeOf(record), 'archive:notice.itemMoved')
    },
  }),
  form<LevelChange, Item>('/archive/items/:number/level', {
    load: itemFor,
    allow: itemPolicy.keep,
    view: 'archive/items/level',
    show: async ({ actor, record }) => levelPage(actor, record, await keepersToChoose(), await ownKeeper(record)),
    fields: levelForm,
    submit: async ({ actor, record, input, now }) => {
      const asked = await changeLevel(actor, record.id, input, now)
      if (asked) return seeOther(homeOf(record), 'archive:notice.loweringAsked', { number: asked })
      return seeOther(homeOf(record), 'archive:notice.levelChanged')
    },
  }),
  form<Terms, Item>('/archive/items/:number/terms', {
    load: itemFor,
    allow: itemPolicy.keep,
    view: 'archive/items/terms',
    show: ({ actor, record }) => termsPage(actor, record),
    fields: termsForm,
    submit: async ({ actor, record, input, now }) => {
      await setTerms(actor, record.id, input, now)
      return seeOther(homeOf(record), 'archive:notice.termsSet')
    },
  }),
  form<StateChange, Item>('/archive/items/:number/missing', {
    load: itemFor,
    allow: itemPolicy.keep,
    view: 'archive/items/missing',
    show: ({ record }) => statePage(record),
    fields: stateForm,
    submit: async ({ actor, record, input, now }) => {
      const number = await reportMissing(actor, record.id, input, now)
      return seeOther(homeOf(record), 'archive:notice.missing', { number })
    },
  }),
  form<StateChange, Item>('/archive/items/:number/found', {
    load: itemFor,
    allow: itemPolicy.keep,
    view: 'archive/items/found',
    show: ({ record }) => statePage(record),
    fields: stateForm,
    submit: async ({ actor, record, input }) => {
      await findItem(actor, record.id, input)
      return seeOther(homeOf(record), 'archive:notice.found')
    },
  }),
]
