import { z } from 'zod'
import { choice, optionalText, text } from '../web/fields.ts'
import { linkSides } from './rules.ts'

export const newLinkForm = z.strictObject({
  side: choice(linkSides),
  other: text({ min: 1, max: 120 }),
  note: optionalText({ max: 200 }),
})
export type NewLink = z.infer<typeof newLinkForm>

export const removalForm = z.strictObject({ reason: text({ min: 1, max: 200 }) })
export type Removal = z.infer<typeof removalForm>
