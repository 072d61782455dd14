import { z } from 'zod'

/** What the scanner typed, as it came: a Chinese keyboard makes full-width figures of it. */
export const scanForm = z.strictObject({ item: z.string().max(200) })
export type Scan = z.infer<typeof scanForm>
