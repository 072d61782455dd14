import { z } from 'zod'

const month = z.string().regex(/^20\d\d-(?:0[1-9]|1[0-2])$/)

/** Without a month it is this one. */
export const monthQuery = z.object({
  month: z
    .union([z.literal(''), month])
    .default('')
    .catch(''),
  department: z
    .string()
    .regex(/^\d{0,18}$/)
    .default('')
    .catch(''),
})
export type MonthQuery = z.infer<typeof monthQuery>

export const reportForm = z.strictObject({ month })
export type ReportInput = z.infer<typeof reportForm>
