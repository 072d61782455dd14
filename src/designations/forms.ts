import { z } from 'zod'
import { text, version } from '../web/fields.ts'

const day = z.iso.date({ error: 'web:field.malformed' })
const optionalDay = z
  .union([z.literal(''), day])
  .optional()
  .transform((value) => (value === undefined || value === '' ? null : value))

export const designationForm = z.strictObject({
  person: text({ min: 1, max: 20 }),
  fromOn: day,
  untilOn: optionalDay,
  reason: text({ min: 2, max: 200 }),
})
export type NewDesignation = z.infer<typeof designationForm>

export const endForm = z.strictObject({ reason: text({ min: 2, max: 200 }), version: version() })
export type Ending = z.infer<typeof endForm>
