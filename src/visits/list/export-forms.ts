import { z } from 'zod'
import { readSearch, type VisitListQuery } from './address.ts'

export const formats = ['xlsx', 'csv'] as const
export type VisitExport = { format: (typeof formats)[number]; query: VisitListQuery }

/** A list's own address, and the kind of file. */
export const visitExportQuery = z.record(z.string(), z.string()).transform((values, context): VisitExport => {
  const { format = 'xlsx', ...rest } = values
  const query = readSearch(new URLSearchParams(rest).toString())
  const known = formats.find((one) => one === format)
  if (query && known) return { format: known, query }
  context.addIssue({ code: 'custom', message: 'web:field.malformed' })
  return z.NEVER
})
