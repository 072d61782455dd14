import { z } from 'zod'

const id = z
  .string()
  .regex(/^\d{1,18}$/)
  .optional()

const day = z.iso.date().or(z.literal('')).default('')

/** All state of the list is in its address. */
const conditions = {
  person: z.string().max(20).default(''),
  subject: z.string().max(20).default(''),
  kind: z.enum(['', 'change', 'read', 'access']).default(''),
  action: z
    .string()
    .regex(/^[a-z_.]{0,60}$/)
    .default(''),
  from: day,
  until: day,
  /** With `until`: the hour before that time of the day. */
  hour: z
    .string()
    .regex(/^(?:|(?:[01]\d|2[0-3]):[0-5]\d)$/)
    .default(''),
}
export const auditQuery = z.object({ ...conditions, after: id, before: id })
export type AuditQuery = z.infer<typeof auditQuery>
export const auditFileQuery = z.object({ ...conditions, format: z.enum(['xlsx', 'csv']).default('xlsx') })
export type AuditFileQuery = z.infer<typeof auditFileQuery>
