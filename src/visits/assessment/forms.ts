import { z } from 'zod'
import { optionalText } from '../../web/fields.ts'

const month = z.string().regex(/^20\d\d-(?:0[1-9]|1[0-2])$/)
export const orders = ['name', 'score', 'made', 'notMade', 'late'] as const

/** Without a month it is this one. */
export const assessmentQuery = z.object({
  month: z
    .union([z.literal(''), month])
    .default('')
    .catch(''),
  unit: z
    .string()
    .regex(/^\d{0,18}$/)
    .default('')
    .catch(''),
  sort: z.enum(orders).default('name').catch('name'),
})
export type AssessmentQuery = z.infer<typeof assessmentQuery>

/** `seen`: which figures were on the page when it was signed. */
export const signatureForm = z.strictObject({
  month,
  comment: optionalText({ max: 500 }),
  seen: z.string().regex(/^[0-9a-f]{64}$/),
})
export type SignatureInput = z.infer<typeof signatureForm>
