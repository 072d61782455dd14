import { z } from 'zod'

export const emptyForm = z.strictObject({})

export const runsQuery = z.object({
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .transform(BigInt)
    .optional(),
})
export type RunsQuery = z.infer<typeof runsQuery>
