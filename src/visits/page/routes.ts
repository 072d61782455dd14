import { page } from '../../web/route.ts'
import { visitPolicy } from '../policy.ts'
import { visitFor, type Visit } from '../queries.ts'
import { visitPage } from './pages.ts'

export const visitPageRoutes = [
  page<Visit>('/visits/:number', {
    load: visitFor,
    allow: visitPolicy.view,
    view: 'visits/page/show',
    show: ({ actor, record, now }) => visitPage(actor, record, now),
  }),
]
