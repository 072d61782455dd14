import { z } from 'zod'
import { monthQuery } from './forms.ts'

/** What is counted by times, not by cases: that it came again, its clocks stood still, the link was answered, a clock was missed. */
export const occasions = ['escalated', 'paused', 'rated', 'contact', 'done', 'progress'] as const
export type Occasion = (typeof occasions)[number]
export const formats = ['xlsx', 'csv'] as const

/** Whose and where: by staff number, and the department alone; an address that cannot be read is refused by nobody. */
const written = (pattern: RegExp) => z.string().regex(pattern).default('').catch('')
export const occasionQuery = monthQuery.extend({
  what: z.enum(occasions).default('escalated').catch('escalated'),
  person: written(/^(?:|[A-Z][0-9A-Z]{1,19})$/),
  unit: written(/^(?:|none|\d{1,18})$/),
  page: z
    .string()
    .regex(/^[1-9]\d{0,5}$/)
    .default('1')
    .catch('1')
    .transform(Number),
})
export type OccasionQuery = z.infer<typeof occasionQuery>

export const occasionFileQuery = occasionQuery.extend({ format: z.enum(formats).default('xlsx').catch('xlsx') })
export type OccasionFileQuery = z.infer<typeof occasionFileQuery>
