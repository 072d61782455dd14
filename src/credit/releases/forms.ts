import { z } from 'zod'
import { amount, optionalText, text, version } from '../../web/fields.ts'

/** What of the form is looked at before it is sent: the preview asks with it. */
export const newQuery = z.object({
  customer: z.string().max(20).optional().catch(undefined),
  amount: z.string().max(30).optional().catch(undefined),
  contract: z.string().max(30).optional().catch(undefined),
})
export type NewQuery = z.infer<typeof newQuery>

export const requestForm = z.strictObject({
  customer: text({ min: 1, max: 20 }),
  amount: amount(),
  goods: text({ min: 2, max: 300 }),
  contract: optionalText({ max: 30 }),
  note: optionalText({ max: 500 }),
})
export type RequestInput = z.infer<typeof requestForm>

export const stepForm = z.strictObject({ version: version() })
export type StepInput = z.infer<typeof stepForm>

export const cancelForm = stepForm.extend({ reason: text({ min: 2, max: 300 }) })
export type CancelInput = z.infer<typeof cancelForm>

export const partForm = stepForm.extend({ amount: amount() })
export type PartInput = z.infer<typeof partForm>
