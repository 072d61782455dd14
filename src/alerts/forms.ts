import { z } from 'zod'
import { AlertKind } from '../../prisma/client/enums.ts'
import { checkbox, optionalChoice, text } from '../web/fields.ts'

const kinds = Object.values(AlertKind) as [AlertKind, ...AlertKind[]]

/** All state of the list is in its address. */
export const alertsQuery = z.object({
  kind: optionalChoice(kinds),
  state: optionalChoice(['open', 'settled']),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
})
export type AlertsQuery = z.infer<typeof alertsQuery>

export const settlingForm = z.strictObject({ note: text({ min: 2, max: 500 }), alike: checkbox() })
export type Settling = z.infer<typeof settlingForm>
