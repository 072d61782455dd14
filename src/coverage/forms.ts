import { z } from 'zod'
import { CustomerGrade } from '../../prisma/client/enums.ts'
import { coverageRules } from './rules.ts'

/** What is overdue, due by the end of this month or of the next, what is not overdue, or all. */
export const spans = ['over', 'month', 'next', 'covered', 'all'] as const
export type Span = (typeof spans)[number]

const id = z.string().regex(/^\d{0,18}$/)
const mark = z.string().regex(/^\d{4}-\d\d-\d\d\.\d{1,18}$/)

export const coverageQuery = z.object({
  rule: z.enum(coverageRules).default('grade_a'),
  span: z
    .enum(['', ...spans])
    .default('')
    .transform((span): Span => span || 'month'),
  /** The customer's owner by number; `mine`, `none`. */
  owner: z
    .string()
    .regex(/^(?:|mine|none|[A-Z][0-9A-Z]{1,19})$/)
    .default(''),
  department: id.default(''),
  /** The department alone, without those below it; `none`. */
  unit: z
    .string()
    .regex(/^(?:|none|\d{1,18})$/)
    .default(''),
  region: id.default(''),
  grade: z.enum(['', 'none', ...Object.values(CustomerGrade)]).default(''),
  after: mark.optional(),
  before: mark.optional(),
})
export type CoverageQuery = z.infer<typeof coverageQuery>

export const shareQuery = z.object({ rule: z.enum(coverageRules).default('grade_a') })
export type ShareQuery = z.infer<typeof shareQuery>
