import type { z } from 'zod'
import { historyQueryOf } from '../../customers/history/query.ts'

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

export const historyQuery = historyQueryOf(historyKinds)
export type HistoryQuery = z.infer<typeof historyQuery>
