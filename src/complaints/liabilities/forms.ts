import { z } from 'zod'
import { checkbox, choice, money, optionalId, optionalText, text, version } from '../../web/fields.ts'

/** Empty is nothing. */
const yuan = () => money().transform((value) => value ?? '0')

export const liabilityForm = z.strictObject({
  department: optionalId().refine((id) => id !== null, { error: 'web:field.required' }),
  staff: optionalText({ max: 20 }),
  head: optionalText({ max: 20 }),
  delay: checkbox(),
  loss: yuan(),
  penalty: yuan(),
  headPenalty: yuan(),
  reason: text({ min: 2, max: 1000 }),
})
export type LiabilityInput = z.infer<typeof liabilityForm>

export const correctionForm = liabilityForm.extend({ version: version() })
export type Correction = z.infer<typeof correctionForm>

export const withdrawalForm = z.strictObject({ reason: text({ min: 2, max: 500 }), version: version() })
export type Withdrawal = z.infer<typeof withdrawalForm>

export const confirmationForm = z.strictObject({
  verdict: choice(['confirm', 'take_back']),
  reason: optionalText({ max: 500 }),
  version: version(),
})
export type Confirmation = z.infer<typeof confirmationForm>

export const newQuery = z.object({ delay: z.literal('on').optional().catch(undefined) })
export type NewQuery = z.infer<typeof newQuery>

export const registerQuery = z.object({
  month: z
    .string()
    .regex(/^(?:|20\d\d-(?:0[1-9]|1[0-2]))$/)
    .default('')
    .catch(''),
  department: z
    .string()
    .regex(/^\d{0,18}$/)
    .default('')
    .catch(''),
  person: z.string().trim().toUpperCase().max(20).default('').catch(''),
  confirmed: z.enum(['', 'yes', 'no']).default('').catch(''),
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .catch(undefined),
})
export type RegisterQuery = z.infer<typeof registerQuery>
