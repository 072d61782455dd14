import { z } from 'zod'
import { choice, optionalText, text, version } from '../web/fields.ts'

export const kinds = ['carry_out', 'send', 'pass_on', 'receive'] as const
export const measures = ['sealed_cover', 'encryption', 'escort'] as const

const optionalDay = z
  .union([z.literal(''), z.iso.date({ error: 'web:field.malformed' })])
  .optional()
  .transform((value) => (value === undefined || value === '' ? null : value))

export const movementForm = z.strictObject({
  kind: choice(kinds),
  what: text({ min: 4, max: 40 }),
  fromWhom: text({ min: 2, max: 60 }),
  toWhom: text({ min: 2, max: 60 }),
  carrier: text({ min: 1, max: 20 }),
  measure: choice(measures),
  note: optionalText({ max: 300 }),
  dueOn: optionalDay,
})
export type NewMovement = z.infer<typeof movementForm>

const mark = z.string().trim().toUpperCase().max(40).optional()
export const newQuery = z.object({ item: mark, copy: mark })
export type NewQuery = z.infer<typeof newQuery>

export const backForm = z.strictObject({
  sound: choice(['yes', 'no']),
  note: optionalText({ max: 500 }),
  version: version(),
})
export type Back = z.infer<typeof backForm>

export const tabs = ['open', 'all'] as const
export const listQuery = z.object({ tab: z.enum(tabs).default('open') })
export type ListQuery = z.infer<typeof listQuery>
