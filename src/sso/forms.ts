import { z } from 'zod'

export const emptyForm = z.strictObject({})
export const startQuery = z.object({ next: z.string().max(2000).optional() })
export const ownQuery = z.object({ go: z.literal('on').optional() })
/** Whatever the provider sends: every word of it is checked by the protocol. */
export const answerQuery = z.record(z.string().max(100), z.string().max(8000))
