import { z } from 'zod'
import { ImportSubject } from '../../prisma/client/enums.ts'
import { checkbox, choice } from '../web/fields.ts'

export const subjects = Object.values(ImportSubject) as [ImportSubject, ...ImportSubject[]]

export const newImportForm = z.strictObject({ again: checkbox(), subject: choice(subjects).default('customers') })
export const newImportQuery = z.object({ subject: z.enum(subjects).optional() })
export type NewImportQuery = z.infer<typeof newImportQuery>
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
