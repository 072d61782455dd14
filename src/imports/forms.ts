import { z } from 'zod'
import { checkbox } from '../web/fields.ts'

export const newImportForm = z.strictObject({ again: checkbox() })
export type NewImport = z.infer<typeof newImportForm>

export const emptyForm = z.strictObject({})

export const outcomes = ['imported', 'warned', 'duplicate', 'rejected', 'withdrawn', 'waiting'] as const
export type OutcomeFilter = (typeof outcomes)[number]

const line = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
  .optional()
export const rowsQuery = z.object({ outcome: z.enum(outcomes).optional(), after: line, before: line })
export type RowsQuery = z.infer<typeof rowsQuery>

export const listQuery = z.object({
  before: z
    .string()
    .regex(/^I\d{4,20}$/)
    .optional(),
})
export type ListQuery = z.infer<typeof listQuery>
