import { z } from 'zod'
import { kindNames } from './kinds.ts'

export const shownStates = ['overdue', 'soon', 'ontime', 'paused', 'ended'] as const
export type ShownState = (typeof shownStates)[number]

/** All state of the list is in its address; `after` is the due moment and the id of the last row before. */
export const listQuery = z.object({
  state: z.enum(['', ...shownStates]).default(''),
  kind: z.enum(['', ...kindNames]).default(''),
  mine: z.enum(['', 'on']).default(''),
  after: z
    .string()
    .regex(/^\d{1,15}\.\d{1,18}$/)
    .optional(),
})
export type ListQuery = z.infer<typeof listQuery>
