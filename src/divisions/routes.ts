import { permit } from '../access/policy.ts'
import { page } from '../web/route.ts'
import { divisionsQuery, type DivisionsQuery } from './forms.ts'
import { divisionsPage } from './pages.ts'

export const divisionRoutes = [
  page<undefined, DivisionsQuery>('/divisions', {
    allow: permit('self.use'),
    query: divisionsQuery,
    view: 'divisions/options',
    show: ({ query }) => divisionsPage(query),
  }),
]
