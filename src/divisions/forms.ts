import { z } from 'zod'

const part = z.string().max(60).default('')

export const divisionsQuery = z.object({ province: part, city: part })
export type DivisionsQuery = z.infer<typeof divisionsQuery>
