import { z } from 'zod'
import { money } from '../../web/fields.ts'
import { day, why } from '../overrides/forms.ts'

export const guaranteeForm = z.strictObject({
  amount: money().refine((value) => value !== null, { error: 'web:field.required' }),
  until: day(),
  reason: why(),
})
export type GuaranteeInput = { amount: string; until: string; reason: string }
