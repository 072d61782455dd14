import { page } from '../../web/route.ts'
import { creditPolicy } from '../policy.ts'
import { overviewQuery, type OverviewQuery } from './forms.ts'
import { overviewPage } from './pages.ts'

export const overviewRoutes = [
  page<undefined, OverviewQuery>('/credit', {
    allow: creditPolicy.use,
    query: overviewQuery as never,
    view: 'credit/overview/index',
    show: ({ actor, query, now }) => overviewPage(actor, query, now),
  }),
]
