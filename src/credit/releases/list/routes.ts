import { countSearch } from '../../../alerts/watching.ts'
import { unitsOf } from '../../../organisation/queries.ts'
import { download, page } from '../../../web/route.ts'
import { creditPolicy, releasePolicy } from '../../policy.ts'
import { searchOf } from './address.ts'
import { conditionsPage } from './conditions-page.ts'
import { exportPage, exportReleases } from './export.ts'
import { releaseExportQuery, type ReleaseExport } from './export-forms.ts'
import { releaseListQuery, type ReleaseListQuery } from './forms.ts'
import { ownersListed } from './names.ts'
import { indexPage } from './pages.ts'
import { releasesFor } from './queries.ts'
import { recordWideSearch } from './recording.ts'
import { tabsFor } from './tabs.ts'
import { wayOutOf } from './way-out.ts'

export const releaseListRoutes = [
  page<undefined, ReleaseListQuery>('/releases', {
    allow: releasePolicy.list,
    query: releaseListQuery as never,
    view: 'credit/releases/list/index',
    show: async ({ actor, query, now }) => {
      const [list, tabs] = await Promise.all([
        releasesFor(actor, query, now),
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
  page<undefined, ReleaseListQuery>('/releases/conditions', {
    allow: releasePolicy.list,
    query: releaseListQuery as never,
    view: 'credit/releases/list/conditions',
    show: async ({ actor, query }) => {
      const [departments, regions, owners] = await Promise.all([
        unitsOf('department'),
        unitsOf('region'),
        ownersListed(actor),
      ])
      return conditionsPage(actor, query, { departments, regions, owners })
    },
  }),
  page<undefined, ReleaseExport>('/releases/export', {
    allow: creditPolicy.export,
    stepUp: true,
    query: releaseExportQuery as never,
    view: 'credit/releases/list/export',
    show: ({ actor, query, now }) => exportPage(actor, query, now),
  }),
  download<undefined, ReleaseExport>('/releases/export/file', {
    allow: creditPolicy.export,
    stepUp: '/releases/export',
    query: releaseExportQuery as never,
    send: ({ actor, query, now }) => exportReleases(actor, query, now),
  }),
]
