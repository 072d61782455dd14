import { z } from 'zod'
import { text, version } from '../../web/fields.ts'

const day = () => z.iso.date({ error: 'web:field.malformed' })

/** Reason and day, and whatever parameters the rule has: those are read by their own types (reading.ts). */
export const draftForm = z
  .object({
    version: version(),
    reason: text({ min: 4, max: 500 }),
    effectiveOn: day(),
    act: z.enum(['submit', 'keep']).default('submit'),
  })
  .catchall(z.string().max(200, { error: 'web:field.malformed' }))
  .transform(({ version, reason, effectiveOn, act, ...values }) => ({
    version: version as number,
    reason: reason as string,
    effectiveOn: effectiveOn as string,
    act: act as 'submit' | 'keep',
    values: values as Record<string, string>,
  }))
export type DraftInput = z.infer<typeof draftForm>

export const stepForm = z.strictObject({ version: version() })
export type StepInput = z.infer<typeof stepForm>

export const registerQuery = z.object({
  state: z.enum(['', 'drafted', 'waiting', 'approved', 'refused', 'withdrawn']).catch('').default(''),
})
export type RegisterQuery = z.infer<typeof registerQuery>
