import { z } from 'zod'

/** Nothing chosen is everything; what is no month or nobody is nothing chosen. */
const or = <T extends z.ZodType<string>>(schema: T) =>
  z
    .union([z.literal(''), schema])
    .default('')
    .catch('')

export const liabilityQuery = z.object({
  month: or(z.string().regex(/^20\d\d-(?:0[1-9]|1[0-2])$/)),
  /** Somebody, by the number of staff, or the company. */
  who: or(z.string().regex(/^[A-Za-z0-9]{1,30}$/)),
  after: or(z.string().regex(/^\d{1,18}$/)),
})
export type LiabilityQuery = z.infer<typeof liabilityQuery>
