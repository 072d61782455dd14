import { calendarAt } from '../calendar/queries.ts'
import { addWorkingDays } from '../calendar/reckoning.ts'
import { colleaguesToChoose } from '../tasks/colleagues.ts'
import { visitPolicy } from '../visits/policy.ts'
import { visitFor, type Visit } from '../visits/queries.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { exportPromises } from './file.ts'
import { promiseForm, promiseQuery, type PromiseInput, type PromiseQuery } from './forms.ts'
import { givePromise, visitProblems } from './giving.ts'
import { ownersOf, promisesFor } from './list.ts'
import { listPage, promisePage } from './pages.ts'
import { promisePolicy } from './policy.ts'

export const promiseRoutes = [
  page<undefined, PromiseQuery>('/promises', {
    allow: promisePolicy.list,
    query: promiseQuery as never,
    view: 'promises/index',
    show: async ({ actor, query, now }) => {
      const [list, owners, calendar] = await Promise.all([
        promisesFor(actor, query, now),
        query.tab === 'mine' ? [] : ownersOf(actor),
        calendarAt(now),
      ])
      return listPage(actor, query, list, owners, { now, calendar })
    },
  }),
  download<undefined, PromiseQuery>('/promises/file', {
    allow: promisePolicy.export,
    stepUp: '/promises',
    query: promiseQuery as never,
    send: ({ actor, query, now }) => exportPromises(actor, query, now),
  }),
  form<PromiseInput, Visit>('/visits/:number/promises', {
    load: visitFor,
    allow: visitPolicy.own,
    guard: ({ record, now }) => visitProblems(record, now),
    view: 'promises/new',
    show: async ({ actor, record, now }) => {
      const next = addWorkingDays(await calendarAt(now), now, 1)
      return promisePage(actor, record, await colleaguesToChoose(), { now, next })
    },
    fields: promiseForm,
    submit: async ({ actor, record, input, now }) => {
      const number = await givePromise(actor, record, input, now)
      return seeOther(`/visits/${record.number}`, 'promises:notice.given', { number })
    },
  }),
]
