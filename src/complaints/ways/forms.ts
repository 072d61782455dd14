import { z } from 'zod'
import { optionalText, version } from '../../web/fields.ts'

export const waysForm = z.strictObject({
  version: version(),
  complaintPhone: optionalText({ max: 40 }),
  complaintEmail: optionalText({ max: 120 }),
  complaintPlace: optionalText({ max: 200 }),
  complaintPerson: optionalText({ max: 60 }),
  complaintHours: optionalText({ max: 120 }),
})
export type WaysInput = z.infer<typeof waysForm>

export const wayFields = [
  'complaintPhone',
  'complaintEmail',
  'complaintPlace',
  'complaintPerson',
  'complaintHours',
] as const
export type WayField = (typeof wayFields)[number]
