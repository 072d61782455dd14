import { z } from 'zod'
import { text, version } from '../../web/fields.ts'

export const progressForm = z.strictObject({ text: text({ min: 2, max: 2000 }), version: version() })
export type Progress = z.infer<typeof progressForm>
