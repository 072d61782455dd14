import { z } from 'zod'

export const choices = ['current', 'd30', 'd60', 'd90', 'more', 'overdue'] as const
const sometimes = (pattern: RegExp) => z.string().trim().regex(pattern).catch('').default('')

/** All state of the page is in its address. */
export const ageingQuery = z.object({
  q: z.string().trim().max(100).catch('').default(''),
  /** Whose customers, by staff number. */
  owner: sometimes(/^(?:|mine|none|[A-Z][0-9A-Z]{1,19})$/),
  /** With all below it. */
  department: sometimes(/^\d{0,18}$/),
  region: sometimes(/^\d{0,18}$/),
  bucket: z.enum(['', ...choices]).catch('').default(''), // prettier-ignore
  over: z.enum(['', 'yes']).catch('').default(''),
  /** What is overdue, in fen, and the customer: the place in the list. */
  after: sometimes(/^(?:|\d{1,16}-\d{1,18})$/),
})
export type AgeingQuery = z.infer<typeof ageingQuery>

export const conditionNames = ['q', 'owner', 'department', 'region', 'bucket', 'over'] as const
