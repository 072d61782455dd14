import { z } from 'zod'
import { text, version } from '../../web/fields.ts'

export const pauseForm = z.strictObject({ reason: text({ min: 2, max: 500 }), version: version() })
export type Pause = z.infer<typeof pauseForm>

export const resumptionForm = z.strictObject({ version: version() })
export type Resumption = z.infer<typeof resumptionForm>
