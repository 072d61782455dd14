import { z } from 'zod'
import { checkbox, optionalText, text, version } from '../web/fields.ts'

export const newAttachmentForm = z.strictObject({
  title: optionalText({ max: 100 }),
  note: optionalText({ max: 500 }),
  another: checkbox(),
})
export type NewAttachment = z.infer<typeof newAttachmentForm>

export const renewalForm = z.strictObject({ version: version() })
export type Renewal = z.infer<typeof renewalForm>

export const correctionForm = z.strictObject({
  title: text({ min: 1, max: 100 }),
  note: optionalText({ max: 500 }),
  version: version(),
})
export type Correction = z.infer<typeof correctionForm>

export const removalForm = z.strictObject({ reason: text({ min: 1, max: 200 }), version: version() })
export type Removal = z.infer<typeof removalForm>

export const versionQuery = z.object({
  n: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .optional(),
})
export type VersionQuery = z.infer<typeof versionQuery>
