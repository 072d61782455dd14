import { form, page, seeOther } from '../web/route.ts'
import { cancelHandover, confirmPapers, finishHandover, startHandover } from './commands.ts'
import {
  cancelForm,
  finishForm,
  handForm,
  listQuery,
  papersForm,
  startForm,
  startQuery,
  thingQuery,
  type Cancel,
  type Hand,
  type Papers,
  type ThingQuery,
} from './forms.ts'
import { handPage } from './hand-pages.ts'
import { handOn, receiversFor } from './handing-on.ts'
import { countOf, itemsOf, sharesOf } from './lines.ts'
import { listPage, startPage } from './list-pages.ts'
import { handoverPage } from './pages.ts'
import { paperRoutes } from './paper-routes.ts'
import { handoverPolicy } from './policy.ts'
import {
  handoverFor,
  handoversFor,
  historyOf,
  leftIn,
  peopleToLeave,
  thingFor,
  type Handover,
  type HandoverThing,
} from './queries.ts'

const addressOf = ({ number }: Pick<Handover, 'number'>) => `/handovers/${number}`

export const handoverRoutes = [
  page('/handovers', {
    allow: handoverPolicy.list,
    query: listQuery,
    view: 'handovers/index',
    show: async ({ actor, query }) => listPage(actor, await handoversFor(actor, query.state), query.state),
  }),
  form('/handovers/new', {
    allow: handoverPolicy.start,
    query: startQuery,
    view: 'handovers/new',
    show: async ({ actor, query, now }) => startPage(await peopleToLeave(actor), query.staff, now),
    fields: startForm,
    submit: async ({ actor, input, now }) => {
      const number = await startHandover(actor, input, now)
      return seeOther(`/handovers/${number}`, 'handovers:notice.started', { number })
    },
  }),
  page<Handover>('/handovers/:number', {
    load: handoverFor,
    allow: handoverPolicy.view,
    view: 'handovers/show',
    show: async ({ actor, record, now }) => {
      const [left, shares, history] = await Promise.all([
        leftIn(actor, record, now),
        sharesOf(actor, record.id),
        historyOf(record.id),
      ])
      return handoverPage(actor, record, { left, shares, history })
    },
  }),
  form<Hand, HandoverThing, ThingQuery>('/handovers/:number/hand/:thing', {
    load: thingFor,
    allow: handoverPolicy.run,
    query: thingQuery as never,
    view: 'handovers/hand',
    show: async ({ actor, record, query: { q }, now }) => {
      const { leaverId, thing } = record
      const [items, total, receivers] = await Promise.all([
        itemsOf(actor, leaverId, thing, q, now),
        countOf(actor, leaverId, thing, q, now),
        receiversFor(actor, thing, leaverId),
      ])
      return handPage(actor, record, q, { items, total, receivers })
    },
    fields: handForm as never,
    submit: async ({ actor, record, input, now }) => {
      const { n, to } = await handOn(actor, record.id, record.thing, input, now)
      if (to === null) return seeOther(addressOf(record), 'handovers:notice.ended', { n })
      return seeOther(addressOf(record), 'handovers:notice.handed', { n, to })
    },
  }),
  form<Papers, Handover>('/handovers/:number/papers', {
    load: handoverFor,
    allow: handoverPolicy.run,
    view: 'handovers/papers',
    show: ({ record: { number, version, leaver, papersNote } }) => ({
      number,
      version,
      name: leaver.name,
      note: papersNote,
    }),
    fields: papersForm,
    submit: async ({ actor, record, input, now }) => {
      await confirmPapers(actor, record.id, input, now)
      return seeOther(addressOf(record), 'handovers:notice.papers')
    },
  }),
  form<{ version: number }, Handover>('/handovers/:number/finish', {
    load: handoverFor,
    allow: handoverPolicy.run,
    fields: finishForm,
    submit: async ({ actor, record, input, now }) => {
      await finishHandover(actor, record.id, input.version, now)
      return seeOther(addressOf(record), 'handovers:notice.finished')
    },
  }),
  form<Cancel, Handover>('/handovers/:number/cancellation', {
    load: handoverFor,
    allow: handoverPolicy.run,
    view: 'handovers/cancellation',
    show: ({ record: { number, version, leaver } }) => ({ number, version, name: leaver.name }),
    fields: cancelForm,
    submit: async ({ actor, record, input, now }) => {
      await cancelHandover(actor, record.id, input, now)
      return seeOther(addressOf(record), 'handovers:notice.cancelled')
    },
  }),
  ...paperRoutes,
]
