import { page } from '../../web/route.ts'
import { customerPolicy } from '../policy.ts'
import { listQuery, type ListQuery } from './forms.ts'
import { indexPage } from './pages.ts'
import { customersFor } from './queries.ts'

export const listRoutes = [
  page<undefined, ListQuery>('/customers', {
    allow: customerPolicy.list,
    query: listQuery as never,
    view: 'customers/index',
    show: async ({ actor, query }) => indexPage(actor, query, await customersFor(actor, query)),
  }),
]
