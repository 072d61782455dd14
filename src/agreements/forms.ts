import { z } from 'zod'
import { choice, optionalText, text, version } from '../web/fields.ts'
import { parties, standings } from './rules.ts'

const day = z
  .string()
  .min(1, { error: 'web:field.required' })
  .pipe(z.iso.date({ error: 'web:field.malformed' }))
const optionalDay = z
  .union([z.literal(''), day])
  .optional()
  .transform((value) => value || null)

const terms = {
  scope: text({ min: 2, max: 1000 }),
  duties: text({ min: 2, max: 2000 }),
  liability: text({ min: 2, max: 1000 }),
  signedOn: day,
  fromOn: day,
  untilOn: optionalDay,
}

export const newAgreementForm = z.strictObject({
  party: choice(parties),
  staff: optionalText({ max: 20 }),
  partner: optionalText({ max: 100 }),
  ...terms,
})
export type NewAgreement = z.infer<typeof newAgreementForm>

export const correctionForm = z.strictObject({ ...terms, reason: text({ min: 2, max: 300 }), version: version() })
export type Correction = z.infer<typeof correctionForm>

export const endForm = z.strictObject({ reason: text({ min: 2, max: 300 }), version: version() })
export type Ending = z.infer<typeof endForm>

export const newQuery = z.object({
  party: choice(parties).optional().catch(undefined),
  staff: z.string().max(20).optional(),
  partner: z.string().max(100).optional(),
})
export type NewQuery = z.infer<typeof newQuery>

export const listQuery = z.object({
  party: choice(parties).optional().catch(undefined),
  standing: choice(standings).optional().catch(undefined),
  q: z.string().trim().max(60).default(''),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
})
export type ListQuery = z.infer<typeof listQuery>
