import { z } from 'zod'
import { text } from '../web/fields.ts'

export const codeForm = z.strictObject({ code: text({ min: 1, max: 40 }) })
export const resetForm = z.strictObject({ reason: text({ min: 4, max: 500 }) })
export const emptyForm = z.strictObject({})
export const gateQuery = z.object({ by: z.enum(['', 'recovery']).catch('').default('') })
