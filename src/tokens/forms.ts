import { z } from 'zod'
import { isDay } from '../calendar/week.ts'
import { checkbox, text } from '../web/fields.ts'

const scope = {
  shipments_write: checkbox(),
  receipts_write: checkbox(),
  releases_write: checkbox(),
  credit_read: checkbox(),
}

export const tokenForm = z.strictObject({
  name: text({ min: 2, max: 40 }),
  until: z.string().trim().refine(isDay, { error: 'web:field.malformed' }),
  ...scope,
})
export type TokenForm = z.infer<typeof tokenForm>

export const revokeForm = z.strictObject({})

export const everyQuery = z.object({
  state: z.enum(['', 'active', 'ended']).catch('').default(''),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .catch(undefined),
})
export type EveryQuery = z.infer<typeof everyQuery>
