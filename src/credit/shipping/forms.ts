import { z } from 'zod'
import { amount, optionalText, version } from '../../web/fields.ts'
import { documentNumber } from '../ledger/forms.ts'

export const tabs = ['waiting', 'today'] as const
export const orders = ['oldest', 'customer'] as const

export const shippingQuery = z.object({
  tab: z.enum(tabs).default('waiting').catch('waiting'),
  q: z.string().max(100).default('').catch(''),
  sort: z.enum(orders).default('oldest').catch('oldest'),
  after: z
    .string()
    .regex(/^(?:|FX[0-9A-Z]{4,30})$/)
    .default('')
    .catch(''),
})
export type ShippingQuery = z.infer<typeof shippingQuery>

export const shippingForm = z.strictObject({
  version: version(),
  amount: amount(),
  document: documentNumber(),
  invoice: optionalText({ max: 60 }),
})
export type ShippingInput = z.infer<typeof shippingForm>
