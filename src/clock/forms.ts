import { z } from 'zod'
import { dayStart } from '../lib/dates.ts'
import { choice } from '../web/fields.ts'

export const units = ['minutes', 'hours', 'days'] as const

// As the browser's field sends it: 2026-11-24T14:05
const written = /^(20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[T ]([01]\d|2[0-3]):([0-5]\d)(?::\d\d)?$/

export const byForm = z.strictObject({ n: z.string().max(10), unit: choice(units) })
export type By = z.infer<typeof byForm>

export const toForm = z.strictObject({
  moment: z
    .string()
    .max(30)
    .refine((value) => written.test(value.trim()) && momentOf(value) !== null, { error: 'web:field.malformed' })
    .transform((value) => momentOf(value)!),
})
export type To = z.infer<typeof toForm>

export const backForm = z.strictObject({})

function momentOf(value: string): Date | null {
  const [, day, hours, minutes] = written.exec(value.trim()) ?? []
  // 02-30 is written like a day, and is none.
  if (!day || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day) return null
  return new Date(dayStart(day).getTime() + (Number(hours) * 60 + Number(minutes)) * 60_000)
}
