import { z } from 'zod'
import { momentOf } from '../lib/moments.ts'
import { choice, optionalText, text } from '../web/fields.ts'
import { incidentKinds } from './rules.ts'

const moment = z
  .string()
  .max(30)
  .refine((value) => value.trim() === '' || momentOf(value) !== null, { error: 'web:field.malformed' })
  .transform((value) => momentOf(value))

export const incidentForm = z.strictObject({
  kind: choice(incidentKinds),
  what: text({ min: 2, max: 2000 }),
  happenedAt: moment.optional(),
  doneAtOnce: optionalText({ max: 1000 }),
  item: optionalText({ max: 40 }),
  customer: optionalText({ max: 40 }),
})
export type IncidentInput = z.infer<typeof incidentForm>

export const newQuery = z.object({ item: z.string().max(40).optional(), customer: z.string().max(40).optional() })
export type NewQuery = z.infer<typeof newQuery>

const day = z.iso.date().optional().catch(undefined)
export const listQuery = z.object({
  kind: choice(incidentKinds).optional().catch(undefined),
  q: z.string().trim().max(60).default(''),
  from: day,
  until: day,
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
})
export type ListQuery = z.infer<typeof listQuery>
