import { z } from 'zod'
import { readSearch, type ListQuery } from '../customers/list/address.ts'

export const formats = ['xlsx', 'csv'] as const
export type Format = (typeof formats)[number]
export type ExportQuery = { format: Format; query: ListQuery }

/** A list's own address, and the kind of file. */
export const exportQuery = z.record(z.string(), z.string()).transform((values, context): ExportQuery => {
  const { format = 'xlsx', ...rest } = values
  const query = readSearch(new URLSearchParams(rest).toString())
  if (query && isFormat(format)) return { format, query }
  context.addIssue({ code: 'custom', message: 'web:field.malformed' })
  return z.NEVER
})

const isFormat = (text: string): text is Format => (formats as readonly string[]).includes(text)
