import { z } from 'zod'
import { checkbox, optionalText, text, version, whole } from '../../web/fields.ts'
import { mostMinutes } from './rules.ts'

const day = () => text({ min: 1, max: 10 }).pipe(z.iso.date({ error: 'web:field.malformed' }))

/** 14:30, as the browser sends it; empty: the hour is open. */
export const hour = () =>
  optionalText({ max: 8 }).refine((value) => value === null || /^([01]\d|2[0-3]):[0-5]\d(:\d\d)?$/.test(value), {
    error: 'web:field.malformed',
  })

export const minutesLong = () => whole({ min: 5, max: mostMinutes })

export const reschedulingForm = z.strictObject({
  version: version(),
  day: day(),
  time: hour(),
  minutes: minutesLong(),
  reason: text({ min: 2, max: 300 }),
})
export type Rescheduling = z.infer<typeof reschedulingForm>

export const replacementForm = z.strictObject({
  version: version(),
  customer: text({ min: 1, max: 20 }),
  day: day(),
  time: hour(),
  minutes: minutesLong(),
  costs: checkbox(),
  reason: text({ min: 2, max: 300 }),
})
export type Replacement = z.infer<typeof replacementForm>

export const cancellationForm = z.strictObject({ version: version(), reason: text({ min: 2, max: 300 }) })
export type Cancellation = z.infer<typeof cancellationForm>

/** From where the button was pressed: there one stays. */
export const from = ['day', 'visit'] as const
export const arrivalForm = z.strictObject({
  when: z.enum(['now', 'planned']).default('now'),
  from: z.enum(from).default('visit'),
})
export type Arrival = z.infer<typeof arrivalForm>

export const leavingForm = z.strictObject({ from: z.enum(from).default('visit') })
export type Leaving = z.infer<typeof leavingForm>

export const undoForm = z.strictObject({})
export const undoQuery = z.object({ from: z.enum(from).catch('visit') })
export type UndoQuery = z.infer<typeof undoQuery>
