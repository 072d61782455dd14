import { z } from 'zod'
import { checkbox, optionalText, text, version } from '../../web/fields.ts'

export const roomForm = z.strictObject({
  name: text({ min: 1, max: 40 }),
  separate: checkbox(),
  keeper: optionalText({ max: 20 }),
  note: optionalText({ max: 500 }),
})
export type RoomInput = z.infer<typeof roomForm>

export const roomCorrectionForm = roomForm.extend({ version: version() })
export type RoomCorrection = z.infer<typeof roomCorrectionForm>

export const closingForm = z.strictObject({ version: version() })

const counted = z
  .string()
  .trim()
  .regex(/^[1-9]\d{0,3}$/, { error: 'web:field.malformed' })
  .transform(Number)

export const placesForm = z.strictObject({
  cabinetFrom: counted,
  cabinetTo: counted,
  shelves: counted,
  positions: counted,
})
export type PlacesInput = z.infer<typeof placesForm>

export const roomQuery = z.object({
  cabinet: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .transform(Number)
    .optional(),
})
export type RoomQuery = z.infer<typeof roomQuery>
