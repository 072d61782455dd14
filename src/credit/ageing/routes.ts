import { countSearch } from '../../alerts/watching.ts'
import { unitsOf } from '../../organisation/queries.ts'
import { download, page } from '../../web/route.ts'
import { creditPolicy } from '../policy.ts'
import { path } from './address.ts'
import { exportAgeing } from './file.ts'
import { ageingQuery, type AgeingQuery } from './forms.ts'
import { ageingPage } from './pages.ts'
import { printAgeing } from './paper.ts'
import { ageingFor, ownersListed } from './queries.ts'

export const ageingRoutes = [
  page<undefined, AgeingQuery>(path, {
    allow: creditPolicy.use,
    query: ageingQuery as never,
    view: 'credit/ageing/index',
    show: async ({ actor, query, now }) => {
      const [found, owners, departments, regions] = await Promise.all([
        ageingFor(actor, query, now),
        ownersListed(actor),
        unitsOf('department'),
        unitsOf('region'),
        query.q === '' ? null : countSearch(actor),
      ])
      return ageingPage(actor, query, found, { owners, departments, regions })
    },
  }),
  download<undefined, AgeingQuery>(`${path}.pdf`, {
    allow: creditPolicy.export,
    stepUp: path,
    query: ageingQuery as never,
    send: ({ actor, query, now }) => printAgeing(actor, query, now),
  }),
  download<undefined, AgeingQuery>(`${path}.xlsx`, {
    allow: creditPolicy.export,
    stepUp: path,
    query: ageingQuery as never,
    send: ({ actor, query, now }) => exportAgeing(actor, query, now),
  }),
]
