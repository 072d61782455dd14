import { z } from 'zod'
import { isDay } from '../calendar/week.ts'
import { choice, optionalText, text, version } from '../web/fields.ts'
import { noteKinds } from './policy.ts'
import { longestAbout, longestNote } from './rules.ts'

const fields = {
  kind: choice(noteKinds),
  about: optionalText({ max: longestAbout }),
  text: text({ min: 2, max: longestNote }),
  notedOn: z.string().refine(isDay, { error: 'web:field.malformed' }),
}

export const noteForm = z.strictObject({ ...fields, customer: optionalText({ max: 20 }) })
export type NoteInput = z.infer<typeof noteForm>

/** On a visit's page: the customer is the visit's. */
export const visitNoteForm = z.strictObject(fields)
export type VisitNoteInput = z.infer<typeof visitNoteForm>

export const noteCorrectionForm = z.strictObject({ ...fields, version: version() })
export type NoteCorrection = z.infer<typeof noteCorrectionForm>

export const noteWithdrawalForm = z.strictObject({ reason: text({ min: 2, max: 500 }), version: version() })
export type NoteWithdrawal = z.infer<typeof noteWithdrawalForm>

export const newNoteQuery = z.object({ customer: z.string().max(20).optional().catch(undefined) })
export type NewNoteQuery = z.infer<typeof newNoteQuery>

const blank = (pattern: RegExp) => z.string().trim().regex(pattern).catch('').default('')
/** A department or a region by its identifier; `none`: in none. */
const place = blank(/^(?:|none|\d{1,18})$/)
const quarter = blank(/^(?:|20\d\dQ[1-4])$/)

/** All state of the list is in its address. */
export const noteQuery = z.object({
  q: z.string().max(200).catch('').default(''),
  quarter,
  month: blank(/^(?:|20\d\d-(?:0[1-9]|1[0-2]))$/),
  kind: z
    .enum(['', ...noteKinds])
    .catch('')
    .default(''),
  about: z.string().max(longestAbout).catch('').default(''),
  department: place,
  region: place,
  person: blank(/^(?:|[A-Z][0-9A-Z]{1,19})$/),
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .catch(undefined),
})
export type NoteQuery = z.infer<typeof noteQuery>

/** Without a quarter it is this one. */
export const quarterQuery = z.object({ q: quarter, department: blank(/^\d{0,18}$/) })
export type QuarterQuery = z.infer<typeof quarterQuery>
