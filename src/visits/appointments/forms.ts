import { z } from 'zod'
import { momentOf } from '../../lib/moments.ts'
import { choice, text, version } from '../../web/fields.ts'

export const ways = ['phone', 'message', 'email', 'visit'] as const

/** As the browser's field sends it, by the company's clock. */
export const moment = () =>
  text({ min: 1, max: 30 })
    .refine((value) => momentOf(value) !== null, { error: 'web:field.malformed' })
    .transform((value) => momentOf(value)!)

export const appointmentForm = z.strictObject({
  version: version(),
  confirmedAt: moment(),
  with: text({ min: 1, max: 60 }),
  way: choice(ways),
})
export type Appointment = z.infer<typeof appointmentForm>
