import { permit } from '../../access/policy.ts'
import { download, page } from '../../web/route.ts'
import { labelQuery, type LabelQuery } from './forms.ts'
import { labelsPage } from './pages.ts'
import { printLabels } from './printing.ts'
import { labelledFor } from './queries.ts'

export const labelRoutes = [
  page<undefined, LabelQuery>('/archive/labels', {
    allow: permit('archive.keep'),
    query: labelQuery as never,
    view: 'archive/labels/index',
    show: async ({ actor, query }) => labelsPage(actor, query, await labelledFor(actor, query)),
  }),
  download<undefined, LabelQuery>('/archive/labels.pdf', {
    allow: permit('archive.keep'),
    query: labelQuery as never,
    send: ({ actor, query, now }) => printLabels(actor, query, now),
  }),
]
