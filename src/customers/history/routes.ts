import { page } from '../../web/route.ts'
import { customerPolicy } from '../policy.ts'
import { customerFor, type Customer } from '../queries.ts'
import { historyQuery, type HistoryQuery } from './forms.ts'
import { historyPage } from './pages.ts'
import { customerKinds, historyFor } from './queries.ts'
import { toldOf } from './told.ts'

export const historyRoutes = [
  page<Customer, HistoryQuery>('/customers/:number/history', {
    load: customerFor,
    allow: customerPolicy.view,
    query: historyQuery as never,
    view: 'customers/history',
    show: async ({ actor, record, query, now }) =>
      historyPage(actor, record, await historyFor(actor, await toldOf(actor, record), query, customerKinds), now),
  }),
]
