import type { Actor } from '../access/actor.ts'
import { calendarAt } from '../calendar/queries.ts'
import { seenOf } from '../customers/carded.ts'
import { customerFor } from '../customers/queries.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { limitFor } from './clocks.ts'
import { countingRoutes } from './counting-routes.ts'
import { printList, printSupplements } from './document.ts'
import { cancelTransfer } from './ending.ts'
import { cancelPage, headPage, latePage, newPage } from './form-pages.ts'
import {
  headForm,
  listQuery,
  newForm,
  newQuery,
  reasonForm,
  type HeadInput,
  type ListQuery,
  type NewQuery,
  type NewTransfer,
  type ReasonInput,
} from './forms.ts'
import { askLateness } from './lateness.ts'
import { transfersFor } from './list.ts'
import { listPage } from './list-pages.ts'
import { correctHead, createTransfer, templatesFor } from './making.ts'
import { transferPage } from './pages.ts'
import { signersFor } from './people.ts'
import { transferPolicy } from './policy.ts'
import { itemsOf, supplementsOf, transferFor, type Transfer } from './queries.ts'
import { supplementRoutes } from './supplement-routes.ts'
import { historyOf, lateRequestOf } from './trail.ts'

const homeOf = ({ number }: Pick<Transfer, 'number'>) => `/transfers/${number}`

type Place = { departmentId: bigint | null; regionId: bigint | null }

async function peopleAt(place: Place) {
  const [checkers, archivists] = await Promise.all([
    signersFor('transfers.check', place),
    signersFor('transfers.take', place),
  ])
  return { checkers, archivists }
}

/** Before the customer is known, people of the whole company are offered; who cannot sign there is refused by name. */
async function around(actor: Actor, number: string) {
  const customer = number ? await customerFor(actor, number) : null
  const place = customer ?? { departmentId: actor.departmentId, regionId: null }
  return { customer, templates: await templatesFor(actor), people: await peopleAt(place) }
}

export const transferRoutes = [
  page<undefined, ListQuery>('/transfers', {
    allow: transferPolicy.list,
    query: listQuery as never,
    view: 'transfers/index',
    show: async ({ actor, query, now }) =>
      listPage(actor, query, await transfersFor(actor, query), now, await calendarAt(now)),
  }),
  form<NewTransfer, undefined, NewQuery>('/transfers/new', {
    allow: transferPolicy.create,
    query: newQuery as never,
    view: 'transfers/new',
    show: async ({ actor, query, now }) => newPage(actor, query, await around(actor, query.customer), now),
    fields: newForm as never,
    submit: async ({ actor, input, now }) => {
      const number = await createTransfer(actor, input, now)
      return seeOther(`/transfers/${number}/items`, 'transfers:notice.created', { number })
    },
  }),
  page<Transfer>('/transfers/:number', {
    load: transferFor,
    allow: transferPolicy.view,
    view: 'transfers/show',
    show: async ({ actor, record, now }) => {
      const { id, customerId } = record
      const [items, supplements, history, seen, limit, waiting] = await Promise.all([
        itemsOf(id),
        supplementsOf(id),
        historyOf(record),
        seenOf(actor, customerId),
        limitFor(record),
        lateRequestOf(record),
      ])
      return transferPage(
        actor,
        record,
        { items, supplements, history, seen, limit, waiting },
        now,
        await calendarAt(now),
      )
    },
  }),
  download<Transfer>('/transfers/:number/list.pdf', {
    load: transferFor,
    allow: transferPolicy.view,
    send: ({ actor, record, now }) => printList(actor, record, now),
  }),
  download<Transfer>('/transfers/:number/supplements.pdf', {
    load: transferFor,
    allow: transferPolicy.view,
    send: ({ actor, record, now }) => printSupplements(actor, record, now),
  }),
  form<HeadInput, Transfer>('/transfers/:number/correction', {
    load: transferFor,
    allow: transferPolicy.officer,
    view: 'transfers/correction',
    show: async ({ actor, record, now }) => headPage(actor, record, await peopleAt(record), now),
    fields: headForm as never,
    submit: async ({ actor, record, input, now }) => {
      await correctHead(actor, record.id, input, now)
      return seeOther(homeOf(record), 'transfers:notice.corrected')
    },
  }),
  form<ReasonInput, Transfer>('/transfers/:number/lateness', {
    load: transferFor,
    allow: transferPolicy.late,
    view: 'transfers/lateness',
    show: async ({ actor, record }) => latePage(actor, record, await limitFor(record)),
    fields: reasonForm,
    submit: async ({ actor, record, input, now }) => {
      const { number } = await askLateness(actor, record.id, input, now)
      return seeOther(homeOf(record), 'transfers:notice.late', { number })
    },
  }),
  form<ReasonInput, Transfer>('/transfers/:number/cancellation', {
    load: transferFor,
    allow: transferPolicy.cancel,
    view: 'transfers/cancellation',
    show: ({ record }) => cancelPage(record),
    fields: reasonForm,
    submit: async ({ actor, record, input, now }) => {
      await cancelTransfer(actor, record.id, input, now)
      return seeOther(homeOf(record), 'transfers:notice.cancelled')
    },
  }),
  ...countingRoutes,
  ...supplementRoutes,
]
