import { z } from 'zod'
import { text, version } from '../../web/fields.ts'

export const day = () => text({ min: 1, max: 10 }).pipe(z.iso.date({ error: 'web:field.malformed' }))
export const why = () => text({ min: 5, max: 500 })

export const overrideForm = z.strictObject({ version: version(), reason: why() })
export type OverrideInput = z.infer<typeof overrideForm>

export const overdueForm = overrideForm.extend({ on: day() })
export type OverdueInput = z.infer<typeof overdueForm>
