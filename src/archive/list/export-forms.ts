import { z } from 'zod'
import { readSearch, type ItemQuery } from './address.ts'

export const formats = ['xlsx', 'csv'] as const
export type Format = (typeof formats)[number]
export type ExportQuery = { format: Format; query: ItemQuery }

/** An address of the index, and the kind of file. */
export const exportQuery = z.record(z.string(), z.string()).transform((values, context): ExportQuery => {
  const { format = 'xlsx', ...rest } = values
  const query = readSearch(new URLSearchParams(rest).toString())
  const known = formats.find((one) => one === format)
  if (query && known) return { format: known, query }
  context.addIssue({ code: 'custom', message: 'web:field.malformed' })
  return z.NEVER
})
