import { z } from 'zod'
import { choice, secret, text } from '../web/fields.ts'

export const signInForm = z.strictObject({
  account: text({ min: 1, max: 60 }),
  password: secret(),
  next: z.string().max(2000).optional(),
})
export type SignIn = z.infer<typeof signInForm>

export const passwordForm = z.strictObject({
  currentPassword: secret(),
  newPassword: secret(),
  repeatPassword: secret(),
})
export type PasswordChange = z.infer<typeof passwordForm>

/** A password or a code: which of them is asked depends on the person. */
export const proofForm = z.strictObject({ proof: secret(), next: z.string().max(2000).optional() })

const next = z.string().max(2000).optional()
export const emptyForm = z.strictObject({})
export const languageForm = z.strictObject({ language: choice(['zh', 'en']), next })
export const themeForm = z.strictObject({ theme: choice(['light', 'dark']), next })
export const shortcutsForm = z.strictObject({ shortcuts: choice(['on', 'off']) })
export const nextQuery = z.object({ next: z.string().max(2000).optional() })
