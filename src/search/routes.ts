import { z } from 'zod'
import { permit } from '../access/policy.ts'
import { page } from '../web/route.ts'
import { searchPage } from './pages.ts'

const searchQuery = z.object({ q: z.string().max(2000).default('') })

export const searchRoutes = [
  page('/search', {
    allow: permit('customers.view'),
    query: searchQuery,
    view: 'search/index',
    show: ({ actor, query }) => searchPage(actor, query.q.slice(0, 100).trim()),
  }),
]
