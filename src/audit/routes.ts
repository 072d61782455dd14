import { z } from 'zod'
import { permit } from '../access/policy.ts'
import { page } from '../web/route.ts'
import { auditPage } from './pages.ts'
import { auditLines } from './queries.ts'

const id = z
  .string()
  .regex(/^\d{1,18}$/)
  .optional()

/** All state of the list is in its address. */
const auditQuery = z.object({
  person: z.string().max(20).default(''),
  subject: z.string().max(20).default(''),
  kind: z.enum(['', 'change', 'read', 'access']).default(''),
  action: z
    .string()
    .regex(/^[a-z_.]{0,60}$/)
    .default(''),
  after: id,
  before: id,
})
export type AuditQuery = z.infer<typeof auditQuery>

export const auditRoutes = [
  page<undefined, AuditQuery>('/audit', {
    allow: permit('audit.view'),
    query: auditQuery as never,
    view: 'audit/index',
    show: async ({ actor, query }) => auditPage(actor, query, await auditLines(query)),
  }),
]
