import { z } from 'zod'

/** What a complaint's history can be narrowed to; `reads` is for those who watch over who looks. */
export const historyKinds = [
  'course',
  'level',
  'contacts',
  'clocks',
  'after',
  'attachments',
  'copies',
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
