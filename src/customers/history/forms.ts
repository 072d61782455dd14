import { z } from 'zod'

/** What the history can be narrowed to; `reads` is for those who watch over who looks. */
export const historyKinds = [
  'record',
  'owner',
  'contacts',
  'addresses',
  'links',
  'attachments',
  'tasks',
  'complaints',
  'archive',
  'copies',
  'imports',
  'reads',
] as const
export type HistoryKind = (typeof historyKinds)[number]

const id = z
  .string()
  .regex(/^\d{1,18}$/)
  .optional()

export const historyQuery = z.object({
  kind: z.enum(['', ...historyKinds]).default(''),
  after: id,
  before: id,
})
export type HistoryQuery = z.infer<typeof historyQuery>
