import { page } from '../../web/route.ts'
import { complaintPolicy } from '../policy.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { historyQuery, type HistoryQuery } from './forms.ts'
import { historyPage } from './pages.ts'
import { linesFor } from './queries.ts'

export const historyRoutes = [
  page<Complaint, HistoryQuery>('/complaints/:number/history', {
    load: complaintFor,
    allow: complaintPolicy.view,
    query: historyQuery as never,
    view: 'complaints/history/index',
    show: async ({ actor, record, query, now }) =>
      historyPage(actor, record, await linesFor(actor, record, query), now),
  }),
]
