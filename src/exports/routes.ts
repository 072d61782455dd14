import { permit } from '../access/policy.ts'
import { download, page } from '../web/route.ts'
import { exportCustomers } from './file.ts'
import { exportQuery, type ExportQuery } from './forms.ts'
import { exportPage } from './pages.ts'
import { countExportable, exportable } from './queries.ts'

export const exportRoutes = [
  page<undefined, ExportQuery>('/customers/export', {
    allow: permit('customers.export'),
    stepUp: true,
    query: exportQuery as never,
    view: 'exports/new',
    show: async ({ actor, query }) =>
      exportPage(actor, query, await countExportable(await exportable(actor, query.query))),
  }),
  download<undefined, ExportQuery>('/customers/export/file', {
    allow: permit('customers.export'),
    stepUp: '/customers/export',
    query: exportQuery as never,
    send: ({ actor, query, now }) => exportCustomers(actor, query, now),
  }),
]
