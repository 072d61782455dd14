import { permit } from '../access/policy.ts'
import { lastChecks } from '../sealing/queries.ts'
import { download, page } from '../web/route.ts'
import { trailFile } from './file.ts'
import { auditFileQuery, auditQuery, type AuditFileQuery, type AuditQuery } from './forms.ts'
import { auditPage } from './pages.ts'
import { auditLines } from './queries.ts'

export const auditRoutes = [
  page<undefined, AuditQuery>('/audit', {
    allow: permit('audit.view'),
    query: auditQuery as never,
    view: 'audit/index',
    show: async ({ actor, query }) => {
      const [found, [check]] = await Promise.all([auditLines(actor, query), lastChecks(1)])
      return auditPage(actor, query, found, check)
    },
  }),
  download<undefined, AuditFileQuery>('/audit/file', {
    allow: permit('audit.export'),
    query: auditFileQuery as never,
    send: ({ actor, query, now }) => trailFile(actor, query, now),
  }),
]
