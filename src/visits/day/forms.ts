import { z } from 'zod'
import { isDay } from '../../calendar/week.ts'

/** Which day, and whose; an address that says something else is today's, and one's own. */
export const dayQuery = z.object({
  on: z.string().refine(isDay).optional().catch(undefined),
  who: z
    .string()
    .regex(/^[0-9A-Za-z]{1,20}$/)
    .optional()
    .catch(undefined),
})
export type DayQuery = z.infer<typeof dayQuery>
