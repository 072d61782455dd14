import { z } from 'zod'
import { checkbox, choice, optionalChoice, optionalText, text, version } from '../../web/fields.ts'
import { retentions } from '../files/forms.ts'
import { levels } from '../levels.ts'

export const types = [
  'contract',
  'agreement',
  'identity',
  'licence',
  'application',
  'form',
  'letter',
  'report',
  'approval_paper',
  'receipt',
  'certificate',
  'photo',
  'other',
] as const
export const media = ['paper', 'electronic'] as const
export const inks = ['printed', 'carbon', 'blue_black', 'ballpoint', 'pencil'] as const

const day = z
  .union([z.literal(''), z.iso.date({ error: 'web:field.malformed' })])
  .optional()
  .transform((value) => (value ? value : null))

const counted = z
  .string()
  .trim()
  .regex(/^[1-9]\d{0,4}$/, { error: 'web:field.malformed' })
  .transform(Number)
const optionalCount = z
  .string()
  .trim()
  .regex(/^(?:[1-9]\d{0,3})?$/, { error: 'web:field.malformed' })
  .optional()
  .transform((value) => (value ? Number(value) : null))
const id = z
  .string()
  .regex(/^\d{0,18}$/, { error: 'web:field.choose' })
  .optional()
  .transform((value) => (value ? BigInt(value) : null))

/** Where it lies; without a room nowhere yet. */
const place = { room: id, cabinet: optionalCount, shelf: optionalCount, position: optionalCount }
const reason = text({ min: 2, max: 200 })

const facts = {
  title: text({ min: 1, max: 200 }),
  type: choice(types),
  datedOn: day,
  pages: counted,
  copies: counted,
  medium: choice(media),
  ink: optionalChoice(inks),
  fades: checkbox(),
  important: checkbox(),
  remark: optionalText({ max: 500 }),
}

export const itemForm = z.strictObject({
  ...facts,
  ...place,
  volume: counted,
  secrecy: choice(levels),
  keeper: optionalText({ max: 20 }),
  secrecyUntil: day,
  retention: choice(retentions),
  retainUntil: day,
  another: checkbox(),
})
export type ItemInput = z.infer<typeof itemForm>

export const itemCorrectionForm = z.strictObject({ ...facts, version: version() })
export type ItemCorrection = z.infer<typeof itemCorrectionForm>
export type Facts = Omit<ItemCorrection, 'version'>

export const moveForm = z.strictObject({ volume: counted, ...place, version: version() })
export type Move = z.infer<typeof moveForm>

export const levelForm = z.strictObject({
  secrecy: choice(levels),
  keeper: optionalText({ max: 20 }),
  secrecyUntil: day,
  reason,
  version: version(),
})
export type LevelChange = z.infer<typeof levelForm>

export const termsForm = z.strictObject({
  secrecyUntil: day,
  retention: choice(retentions),
  retainUntil: day,
  version: version(),
})
export type Terms = z.infer<typeof termsForm>

export const stateForm = z.strictObject({ reason, version: version() })
export type StateChange = z.infer<typeof stateForm>

export const contentForm = z.strictObject({})

/** What the form for the next of many begins with, and which version is shown. */
export const itemQuery = z.object({
  n: z
    .string()
    .regex(/^[1-9]\d{0,4}$/)
    .transform(Number)
    .optional(),
})
export type ItemQuery = z.infer<typeof itemQuery>

const short = z.string().max(40).optional()
export const newItemQuery = z.object({
  volume: short,
  type: short,
  medium: short,
  ink: short,
  secrecy: short,
  room: short,
  cabinet: short,
  shelf: short,
  position: short,
})
export type NewItemQuery = z.infer<typeof newItemQuery>
