import { calendarAt } from '../calendar/queries.ts'
import { page } from '../web/route.ts'
import { listQuery, type ListQuery } from './forms.ts'
import { indexPage } from './pages.ts'
import { deadlinePolicy } from './policy.ts'
import { deadlineFor, deadlinesFor } from './queries.ts'
import { recordOf } from './record.ts'
import { recordPage } from './record-pages.ts'
import type { DeadlineRow } from './rows.ts'

export const deadlineRoutes = [
  page<undefined, ListQuery>('/deadlines', {
    allow: deadlinePolicy.list,
    query: listQuery,
    view: 'deadlines/index',
    show: async ({ actor, query, now }) => {
      const [found, calendar] = await Promise.all([deadlinesFor(actor, query, now), calendarAt(now)])
      return indexPage(actor, query, found, now, calendar)
    },
  }),
  page<DeadlineRow>('/deadlines/:id', {
    load: deadlineFor,
    allow: deadlinePolicy.view,
    view: 'deadlines/show',
    show: async ({ actor, record, now }) => {
      const [kept, calendar] = await Promise.all([
        recordOf(record.id, record.kind, record.startedAt),
        calendarAt(record.startedAt),
      ])
      return recordPage(actor, record, kept, now, calendar)
    },
  }),
]
