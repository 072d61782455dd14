import { z } from 'zod'
import { checkbox, optionalText, version } from '../web/fields.ts'
import { gatherRows } from './forms.ts'

const counted = z
  .string()
  .trim()
  .regex(/^\d{0,4}$/, { error: 'web:field.malformed' })
  .optional()
  .transform((value) => (value === undefined || value === '' ? null : Number(value)))

const countRow = z.strictObject({
  pages: counted,
  copies: counted,
  same: checkbox(),
  place: optionalText({ max: 80 }),
})

const counts = { rows: z.record(z.string(), countRow), sign: z.enum(['', 'on']).optional(), version: version() }

export const checkForm = z.preprocess(gatherRows, z.strictObject(counts))
export type CheckInput = z.infer<typeof checkForm>

export const takingForm = z.preprocess(
  gatherRows,
  z.strictObject({
    ...counts,
    keeper: optionalText({ max: 20 }),
    place: optionalText({ max: 80 }),
    safe: optionalText({ max: 80 }),
  }),
)
export type TakingInput = z.infer<typeof takingForm>
