import type { Actor } from '../access/actor.ts'
import { colleaguesAtWork } from '../designations/queries.ts'
import { NotFound } from '../lib/refused.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { askPage } from './ask-pages.ts'
import { askForCopies, askingProblems, itemsAsked } from './asking.ts'
import { destroyCopy, loseCopy, takeBack } from './ending.ts'
import {
  askForm,
  askQuery,
  destructionForm,
  listQuery,
  lossForm,
  makeForm,
  returnForm,
  type Asking,
  type AskQuery,
  type Destruction,
  type ListQuery,
  type Loss,
  type Making,
  type Return,
} from './forms.ts'
import { handOut, printCover } from './handing.ts'
import { copiesFor, permitsFor } from './list.ts'
import { makeCopies } from './making.ts'
import { listPage } from './pages.ts'
import { copyPage, permitPage } from './permit-page.ts'
import { copyPolicy } from './policy.ts'
import { copyFor, permitFor, type CopyRecord, type PermitRecord } from './queries.ts'
import { registerCsv, registerPdf } from './register.ts'

export const copyRoutes = [
  page<undefined, ListQuery>('/copies', {
    allow: copyPolicy.list,
    query: listQuery as never,
    view: 'copies/index',
    show: async ({ actor, query, now }) => {
      const none = { rows: [], more: false, n: 0 }
      const permits = query.tab === 'permits' ? await permitsFor(actor, query) : none
      const copies = query.tab === 'permits' ? none : await copiesFor(actor, query, now)
      return listPage(actor, query, { copies, permits }, now)
    },
  }),
  form<Asking, undefined, AskQuery>('/copies/new', {
    allow: copyPolicy.ask,
    query: askQuery as never,
    view: 'copies/new',
    show: async ({ actor, query, now }) => askPage(actor, await askedIn(actor, query, now), now),
    fields: askForm,
    submit: async ({ actor, query, input, now }) => {
      const number = await askForCopies(actor, query.item, input, now)
      return seeOther(`/copies/${number}`, 'copies:notice.asked', { number })
    },
  }),
  download('/copies/register.csv', {
    allow: copyPolicy.register,
    stepUp: '/copies',
    send: ({ actor, now }) => registerCsv(actor, now),
  }),
  download('/copies/register.pdf', {
    allow: copyPolicy.register,
    send: ({ actor, now }) => registerPdf(actor, now),
  }),
  page<PermitRecord>('/copies/:number', {
    load: permitFor,
    allow: copyPolicy.view,
    view: 'copies/show',
    show: ({ actor, record, now }) => permitPage(actor, record, now),
  }),
  form<Making, PermitRecord>('/copies/:number/made', {
    load: permitFor,
    allow: copyPolicy.make,
    view: 'copies/show',
    show: ({ actor, record, now }) => permitPage(actor, record, now),
    fields: makeForm,
    submit: async ({ actor, record, input, now }) => {
      const made = await makeCopies(actor, record, input, now)
      return seeOther(`/copies/${record.number}#made`, 'copies:notice.made', {
        n: made.length,
        numbers: made.join('、'),
      })
    },
  }),
  download<CopyRecord>('/copies/:number/made/:copy/file', {
    load: copyFor,
    allow: copyPolicy.make,
    send: ({ actor, record, now }) => handOut(actor, record, now),
  }),
  download<CopyRecord>('/copies/:number/made/:copy/cover.pdf', {
    load: copyFor,
    allow: copyPolicy.run,
    send: ({ actor, record, now }) => printCover(actor, record, now),
  }),
  form<Return, CopyRecord>('/copies/:number/made/:copy/return', {
    load: copyFor,
    allow: copyPolicy.run,
    view: 'copies/return',
    show: ({ actor, record }) => copyPage(actor, record),
    fields: returnForm,
    submit: async ({ actor, record, input, now }) => {
      await takeBack(actor, record, input, now)
      return seeOther(`/copies/${record.number}`, 'copies:notice.returned', { number: record.copy.number })
    },
  }),
  form<Destruction, CopyRecord>('/copies/:number/made/:copy/destruction', {
    load: copyFor,
    allow: copyPolicy.run,
    view: 'copies/destruction',
    show: async ({ actor, record }) => copyPage(actor, record, await colleaguesAtWork()),
    fields: destructionForm,
    submit: async ({ actor, record, input, now }) => {
      await destroyCopy(actor, record, input, now)
      return seeOther(`/copies/${record.number}`, 'copies:notice.destroyed', { number: record.copy.number })
    },
  }),
  form<Loss, CopyRecord>('/copies/:number/made/:copy/loss', {
    load: copyFor,
    allow: copyPolicy.run,
    view: 'copies/loss',
    show: ({ actor, record }) => copyPage(actor, record),
    fields: lossForm,
    submit: async ({ actor, record, input, now }) => {
      const incident = await loseCopy(actor, record, input, now)
      return seeOther(`/copies/${record.number}`, 'copies:notice.lost', { number: record.copy.number, incident })
    },
  }),
]

/** The items of the address; what is not there for this person is said, not hidden behind an empty page. */
async function askedIn(actor: Actor, { item, again }: AskQuery, now: Date) {
  const missing: string[] = []
  const found = await Promise.all(
    item.slice(0, 30).map((number) =>
      itemsAsked(actor, [number]).catch((error: unknown) => {
        if (!(error instanceof NotFound)) throw error
        missing.push(number)
        return []
      }),
    ),
  )
  const items = found.flat()
  const from = again ? await permitFor(actor, again).catch(() => null) : null
  const most = (await regulationAt(now)).value('archive.copy_days')
  const problems = items.length > 0 ? await askingProblems(actor, items, now) : []
  return { items, missing, problems, most, from }
}
