import { z } from 'zod'
import { reading } from '../../audit/change.ts'
import { page } from '../../web/route.ts'
import { neighboursIn } from '../list/neighbours.ts'
import { complaintPolicy } from '../policy.ts'
import { complaintFor, subjectOf, type Complaint } from '../queries.ts'
import { complaintPage } from './pages.ts'

const complaintQuery = z.object({ in: z.string().max(2000).optional() })

export const pageRoutes = [
  page<Complaint, { in?: string }>('/complaints/:number', {
    load: complaintFor,
    allow: complaintPolicy.view,
    query: complaintQuery as never,
    view: 'complaints/page/show',
    show: async ({ actor, record, query, now }) => {
      const [shown, neighbours] = await Promise.all([
        complaintPage(actor, record, now),
        neighboursIn(actor, query.in, record, now),
        reading(actor, 'complaint.opened', subjectOf(record)),
      ])
      return { ...shown, neighbours }
    },
  }),
]
