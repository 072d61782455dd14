import { permit } from '../access/policy.ts'
import { dateText } from '../lib/dates.ts'
import { ownPath } from '../lib/own-path.ts'
import { form, page, seeOther } from '../web/route.ts'
import { acknowledge, remindLacking } from './commands.ts'
import { acknowledgingForm, emptyForm, listQuery, nextQuery, type Acknowledging, type ListQuery } from './forms.ts'
import { acknowledgementPage, listPage } from './pages.ts'
import { acknowledgedUntil, holderCounts, holdersOf } from './queries.ts'

export const acknowledgementRoutes = [
  form<Acknowledging, undefined, { next?: string }>('/acknowledgement', {
    allow: permit('self.use'),
    query: nextQuery as never,
    view: 'acknowledgements/own',
    show: async ({ actor, query, now }) =>
      acknowledgementPage(actor, query.next, await acknowledgedUntil(actor.id), now),
    fields: acknowledgingForm as never,
    submit: async ({ actor, input, now }) => {
      const until = await acknowledge(actor, input, now)
      const day = dateText(new Date(until.getTime() - 1))
      return seeOther(input.next ? ownPath(input.next) : '/profile', 'acknowledgements:notice.given', { day })
    },
  }),
  page<undefined, ListQuery>('/acknowledgements', {
    allow: permit('agreements.view'),
    query: listQuery as never,
    view: 'acknowledgements/index',
    show: async ({ actor, query, now }) =>
      listPage(actor, query, await holdersOf(query, now), await holderCounts(now), now),
  }),
  form('/acknowledgements/reminders', {
    allow: permit('agreements.manage'),
    fields: emptyForm,
    submit: async ({ actor, now }) => {
      const n = await remindLacking(actor, now)
      return seeOther('/acknowledgements', 'acknowledgements:notice.reminded', { n })
    },
  }),
]
