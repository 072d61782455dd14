import { download, page } from '../../web/route.ts'
import { exportLiabilities } from './file.ts'
import { liabilityQuery, type LiabilityQuery } from './forms.ts'
import { liabilitiesPage } from './pages.ts'
import { liabilityPolicy } from './policy.ts'

export const liabilityRoutes = [
  page<undefined, LiabilityQuery>('/credit/liabilities', {
    allow: liabilityPolicy.list,
    query: liabilityQuery as never,
    view: 'credit/liabilities/index',
    show: ({ actor, query }) => liabilitiesPage(actor, query),
  }),
  download<undefined, LiabilityQuery>('/credit/liabilities.xlsx', {
    allow: liabilityPolicy.export,
    stepUp: '/credit/liabilities',
    query: liabilityQuery as never,
    send: ({ actor, query, now }) => exportLiabilities(actor, query, now),
  }),
]
