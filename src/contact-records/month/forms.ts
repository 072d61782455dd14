import { z } from 'zod'

const month = z.string().regex(/^20\d\d-(?:0[1-9]|1[0-2])$/)

/** Without a month it is this one, without a person one's own. */
export const contactMonthQuery = z.object({
  of: z
    .union([z.literal(''), month])
    .default('')
    .catch(''),
  who: z
    .string()
    .regex(/^(?:|[A-Z][0-9A-Z]{1,19})$/)
    .default(''),
})
export type ContactMonthQuery = z.infer<typeof contactMonthQuery>

export const filingForm = z.strictObject({ month })
export type FilingInput = z.infer<typeof filingForm>
