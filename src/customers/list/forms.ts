import { z } from 'zod'

/** All state of the list is in its address; an unknown value is refused, an unknown name is not read. */
export const listQuery = z.object({
  q: z.string().max(100).default(''),
  kind: z.enum(['', 'organisation', 'person']).default(''),
  held: z.enum(['', 'mine', 'pool']).default(''),
  sort: z.enum(['newest', 'name']).default('newest'),
  after: z
    .string()
    .regex(/^K\d{10}$/)
    .optional(),
  before: z
    .string()
    .regex(/^K\d{10}$/)
    .optional(),
})
export type ListQuery = z.infer<typeof listQuery>
