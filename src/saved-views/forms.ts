import { z } from 'zod'
import { checkbox, text } from '../web/fields.ts'

/** `search` is the list's address; the command reads it back and keeps nothing that is not a list. */
export const newViewForm = z.strictObject({
  name: text({ min: 1, max: 30 }),
  search: z.string().max(2000),
  shared: checkbox(),
})
export type NewView = z.infer<typeof newViewForm>

export const viewForm = z.strictObject({ name: text({ min: 1, max: 30 }) })
export type Renaming = z.infer<typeof viewForm>

export const sharingForm = z.strictObject({ shared: checkbox() })
export type Sharing = z.infer<typeof sharingForm>

export const removalForm = z.strictObject({})

export const inQuery = z.object({ in: z.string().max(2000).default('') })
export type InQuery = z.infer<typeof inQuery>
