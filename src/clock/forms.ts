import { z } from 'zod'
import { momentOf } from '../lib/moments.ts'
import { choice } from '../web/fields.ts'

export const units = ['minutes', 'hours', 'days'] as const

export const byForm = z.strictObject({ n: z.string().max(10), unit: choice(units) })
export type By = z.infer<typeof byForm>

export const toForm = z.strictObject({
  moment: z
    .string()
    .max(30)
    .refine((value) => momentOf(value) !== null, { error: 'web:field.malformed' })
    .transform((value) => momentOf(value)!),
})
export type To = z.infer<typeof toForm>

export const backForm = z.strictObject({})
