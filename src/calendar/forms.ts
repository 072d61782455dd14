import { z } from 'zod'
import { cleanText } from '../lib/text.ts'
import { choice, text, version } from '../web/fields.ts'
import { isDay } from './week.ts'

const day = () => text({ min: 1, max: 10 }).refine(isDay, { error: 'web:field.malformed' })
const optionalDay = () =>
  text({ max: 10 })
    .optional()
    .transform((value) => value || null)
    .refine((value) => value === null || isDay(value), { error: 'web:field.malformed' })
const name = () =>
  z.preprocess((value) => (typeof value === 'string' ? cleanText(value) : value), text({ min: 1, max: 30 }))

export const origins = ['company', 'statutory'] as const
export const works = ['off', 'on'] as const
const asSpan = <T extends { from: string; until: string | null; work: 'off' | 'on' }>({ work, ...rest }: T) => ({
  ...rest,
  until: rest.until ?? rest.from,
  working: work === 'on',
})

export const daysForm = z
  .strictObject({ from: day(), until: optionalDay(), origin: choice(origins), work: choice(works), name: name() })
  .transform(asSpan)
export type DaysInput = z.infer<typeof daysForm>

/** `opened`: what the form had seen of these days, so that nobody's change is overwritten unread. */
export const runForm = z
  .strictObject({
    from: day(),
    until: optionalDay(),
    work: choice(works),
    name: name(),
    opened: z.string().max(120),
    act: choice(['save', 'remove']).default('save'),
  })
  .transform(asSpan)
export type RunInput = z.infer<typeof runForm>

export const arrangementForm = z.strictObject({ version: version(), lines: text({ min: 1, max: 10_000 }) })
export type ArrangementInput = z.infer<typeof arrangementForm>

/** Everything as text: what cannot be read is said on the page, and stays in its field. */
export const calendarQuery = z.object({
  year: z.string().max(4).optional(),
  from: z.string().max(40).optional(),
  n: z.string().max(20).optional(),
  unit: z.string().max(20).optional(),
})
export type CalendarQuery = z.infer<typeof calendarQuery>

export const daysQuery = z.object({ day: z.string().max(10).optional(), origin: z.string().max(10).optional() })
export type DaysQuery = z.infer<typeof daysQuery>
