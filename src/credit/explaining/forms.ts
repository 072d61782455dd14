import { z } from 'zod'

/** What is not a day is said on the page, which then shows today. */
export const figureQuery = z.object({ on: z.string().max(20).default('') })
export type FigureQuery = z.infer<typeof figureQuery>

const day = z
  .string()
  .regex(/^(?:|20\d\d-\d\d-\d\d)$/)
  .default('')

export const documentsQuery = z.object({
  on: day,
  part: z.enum(['window', 'owed', 'released', 'unallocated', 'reserved']).default('window'),
  from: day,
  until: day,
  page: z.coerce.number().int().min(1).max(1000).default(1),
})
export type DocumentsQuery = z.infer<typeof documentsQuery>
