import type { z } from 'zod'
import { historyQueryOf } from './query.ts'

/** What the history can be narrowed to; `reads` is for those who watch over who looks. */
export const historyKinds = [
  'record',
  'owner',
  'contacts',
  'addresses',
  'links',
  'attachments',
  'tasks',
  'visits',
  'contact_records',
  'promises',
  'complaints',
  'archive',
  'copies',
  'imports',
  'reads',
] as const
export type HistoryKind = (typeof historyKinds)[number]

export const historyQuery = historyQueryOf(historyKinds)
export type HistoryQuery = z.infer<typeof historyQuery>
