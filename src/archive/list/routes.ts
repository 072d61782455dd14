import { countSearch } from '../../alerts/watching.ts'
import { download, page } from '../../web/route.ts'
import { permit } from '../../access/policy.ts'
import { archivePolicy } from '../policy.ts'
import { conditionsPage } from './conditions-page.ts'
import { namesIn } from './conditions.ts'
import { exportItems, exportable } from './export-file.ts'
import { exportQuery, type ExportQuery } from './export-forms.ts'
import { exportPage } from './export-page.ts'
import { itemQuery, type ItemQuery } from './forms.ts'
import { indexPage } from './pages.ts'
import { itemsFor, keepersToChoose, roomsToChoose } from './queries.ts'
import { recordWideSearch } from './recording.ts'
import { isNarrowed } from './address.ts'
import { viewsFor } from './views.ts'
import { wayOutOf } from './way-out.ts'

export const listRoutes = [
  page<undefined, ItemQuery>('/archive', {
    allow: archivePolicy.list,
    query: itemQuery as never,
    view: 'archive/list/index',
    show: async ({ actor, query, now }) => {
      const [list, views] = await Promise.all([
        itemsFor(actor, query),
        viewsFor(actor, query),
        isNarrowed(query) ? countSearch(actor) : null,
      ])
      await recordWideSearch(actor, query, list.count, now)
      return indexPage(actor, query, { ...list, views, wayOut: await wayOutOf(actor, query, list) }, now)
    },
  }),
  page<undefined, ItemQuery>('/archive/conditions', {
    allow: archivePolicy.list,
    query: itemQuery as never,
    view: 'archive/list/conditions',
    show: async ({ actor, query }) => {
      const [rooms, keepers] = await Promise.all([roomsToChoose(), keepersToChoose()])
      return conditionsPage(actor, query, { rooms, keepers })
    },
  }),
  page<undefined, ExportQuery>('/archive/export', {
    allow: permit('archive.registers'),
    stepUp: true,
    query: exportQuery as never,
    view: 'archive/list/export',
    show: async ({ actor, query }) => {
      const [{ count }, names] = await Promise.all([exportable(actor, query.query), namesIn(actor, [query.query])])
      return exportPage(actor, query, count, names)
    },
  }),
  download<undefined, ExportQuery>('/archive/export/file', {
    allow: permit('archive.registers'),
    stepUp: '/archive/export',
    query: exportQuery as never,
    send: ({ actor, query, now }) => exportItems(actor, query, now),
  }),
]
