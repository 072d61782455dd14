import { countSearch } from '../../alerts/watching.ts'
import { unitsOf } from '../../organisation/queries.ts'
import { download, page } from '../../web/route.ts'
import { visitPolicy } from '../policy.ts'
import { searchOf } from './address.ts'
import { conditionsPage } from './conditions-page.ts'
import { exportPage, exportVisits } from './export.ts'
import { visitExportQuery, type VisitExport } from './export-forms.ts'
import { visitListQuery, type VisitListQuery } from './forms.ts'
import { visitorsListed } from './names.ts'
import { indexPage } from './pages.ts'
import { visitsFor } from './queries.ts'
import { recordWideSearch } from './recording.ts'
import { tabsFor } from './tabs.ts'
import { wayOutOf } from './way-out.ts'

export const visitListRoutes = [
  page<undefined, VisitListQuery>('/visits', {
    allow: visitPolicy.list,
    query: visitListQuery as never,
    view: 'visits/list/index',
    show: async ({ actor, query, now }) => {
      const [list, tabs] = await Promise.all([
        visitsFor(actor, query, now),
        tabsFor(actor, query, now),
        searchOf(query) === '' ? null : countSearch(actor),
      ])
      const [wayOut] = await Promise.all([
        wayOutOf(actor, query, list, now),
        recordWideSearch(actor, query, list.count, now),
      ])
      return indexPage(actor, query, { ...list, tabs, wayOut }, now)
    },
  }),
  page<undefined, VisitListQuery>('/visits/conditions', {
    allow: visitPolicy.list,
    query: visitListQuery as never,
    view: 'visits/list/conditions',
    show: async ({ actor, query, now }) => {
      const [departments, regions, owners] = await Promise.all([
        unitsOf('department'),
        unitsOf('region'),
        visitorsListed(actor),
      ])
      return conditionsPage(actor, query, { departments, regions, owners, now })
    },
  }),
  page<undefined, VisitExport>('/visits/export', {
    allow: visitPolicy.export,
    stepUp: true,
    query: visitExportQuery as never,
    view: 'visits/list/export',
    show: ({ actor, query, now }) => exportPage(actor, query, now),
  }),
  download<undefined, VisitExport>('/visits/export/file', {
    allow: visitPolicy.export,
    stepUp: '/visits/export',
    query: visitExportQuery as never,
    send: ({ actor, query, now }) => exportVisits(actor, query, now),
  }),
]
