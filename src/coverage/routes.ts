import { regulationAt } from '../regulations/in-force.ts'
import { download, page } from '../web/route.ts'
import { ownersListed } from './conditions.ts'
import { exportCoverage } from './export.ts'
import { coverageQuery, shareQuery, type CoverageQuery, type ShareQuery } from './forms.ts'
import { coveragePage } from './pages.ts'
import { coveragePolicy } from './policy.ts'
import { coverageFor, sharesFor } from './queries.ts'
import { figuresOf } from './rules.ts'
import { sharePage } from './share-pages.ts'

export const coverageRoutes = [
  page<undefined, CoverageQuery>('/coverage', {
    allow: coveragePolicy.view,
    query: coverageQuery as never,
    view: 'coverage/index',
    show: async ({ actor, query, now }) => {
      const [list, owners] = await Promise.all([coverageFor(actor, query, now), ownersListed(actor)])
      return coveragePage(actor, query, list, owners, now)
    },
  }),
  page<undefined, ShareQuery>('/coverage/share', {
    allow: coveragePolicy.view,
    query: shareQuery as never,
    view: 'coverage/share',
    show: async ({ actor, query: { rule }, now }) => {
      const [shares, regulation] = await Promise.all([sharesFor(actor, rule, now), regulationAt(now)])
      return sharePage(actor, rule, shares, figuresOf(regulation))
    },
  }),
  download<undefined, CoverageQuery>('/coverage.xlsx', {
    allow: coveragePolicy.export,
    stepUp: '/coverage',
    query: coverageQuery as never,
    send: ({ actor, query, now }) => exportCoverage(actor, query, now),
  }),
]
