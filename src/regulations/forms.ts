import { z } from 'zod'
import { chapters } from './register.ts'

/** All state of the list is in its address. */
export const indexQuery = z.object({
  q: z.string().max(100).default(''),
  chapter: z
    .enum(['', ...chapters])
    .catch('')
    .default(''),
  view: z.enum(['', 'changed', 'stopped', 'differs', 'pending']).catch('').default(''),
})
export type IndexQuery = z.infer<typeof indexQuery>

export const ruleQuery = z.object({
  from: z.string().max(30).default(''),
  clock: z.string().max(60).default(''),
})
export type RuleQuery = z.infer<typeof ruleQuery>

export const eventsQuery = z.object({
  effect: z.enum(['', 'stopped', 'reminded', 'breached']).catch('').default(''),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
})
export type EventsQuery = z.infer<typeof eventsQuery>

export const versionsQuery = z.object({
  from: z.string().max(6).default(''),
  to: z.string().max(6).default(''),
})
export type VersionsQuery = z.infer<typeof versionsQuery>
