import { z } from 'zod'
import { fileKinds, fileParts } from '../archive/parts.ts'
import { levels } from '../archive/levels.ts'
import { cleanText } from '../lib/text.ts'
import { checkbox, choice, optionalText, text, version } from '../web/fields.ts'
import { carriers } from './rules.ts'

const day = z.iso.date({ error: 'web:field.malformed' })
const optionalDay = z
  .union([z.literal(''), day])
  .optional()
  .transform((value) => value || null)
const person = text({ min: 1, max: 20 }).transform((value) => value.toUpperCase())
const title = z.preprocess(
  (value) => (typeof value === 'string' ? cleanText(value) : value),
  text({ min: 1, max: 100 }),
)
const why = text({ min: 5, max: 500 })

const head = { title, fileKind: choice(fileKinds), endedOn: day, checker: person, archivist: person }

export const newForm = z.strictObject({
  customer: text({ min: 1, max: 20 }).transform((value) => value.toUpperCase()),
  ...head,
  template: optionalText({ max: 20 }),
})
export type NewTransfer = z.infer<typeof newForm>

export const headForm = z.strictObject({ ...head, version: version() })
export type HeadInput = z.infer<typeof headForm>

export const newQuery = z.object({
  customer: z.string().max(20).catch('').default(''),
  from: z.string().max(20).catch('').default(''),
})
export type NewQuery = z.infer<typeof newQuery>

export const itemTypes = [
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
/** How many lines a list has room for: more than any project has. */
export const mostLines = 120

const figure = (most: number, empty: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{0,4}$/, { error: 'web:field.malformed' })
    .transform((value) => (value === '' ? empty : Number(value)))
    .refine((value) => value <= most, { error: 'web:field.malformed' })
    .default(empty)

const line = z.strictObject({
  title,
  type: choice(itemTypes).default('other'),
  part: choice(fileParts).default('general'),
  datedOn: optionalDay,
  pages: figure(9999, 0),
  copies: figure(999, 1).refine((value) => value > 0, { error: 'web:field.malformed' }),
  secrecy: choice(levels).default('internal'),
  carrier: choice(carriers).default('printed'),
  attachment: checkbox(),
  certificate: checkbox(),
  certKind: optionalText({ max: 40 }),
  certNumber: optionalText({ max: 60 }),
  certOwner: optionalText({ max: 60 }),
})

const named = /^rows\.(\d{1,3})\.(\w{1,20})$/
// What a row that nobody touched sends as well.
const choices = new Set(['type', 'part', 'secrecy', 'carrier'])

type Rows = Record<string, Record<string, unknown>>

/** rows.3.title: by the row that was typed in, so that an error stands beside its field. */
export function gatherRows(raw: unknown): Record<string, unknown> & { rows: Rows } {
  const rest: Record<string, unknown> = {}
  const rows: Rows = {}
  for (const [name, value] of Object.entries((raw ?? {}) as Record<string, unknown>)) {
    const [, row, field] = named.exec(name) ?? []
    if (row === undefined) rest[name] = value
    else (rows[row] ??= {})[field!] = value
  }
  return { ...rest, rows }
}

/** Untouched rows are left out. */
function gatherLines(raw: unknown): unknown {
  const { rows, ...rest } = gatherRows(raw)
  const typed = ([name, value]: [string, unknown]) =>
    !choices.has(name) && typeof value === 'string' && value.trim() !== '' && !(name === 'copies' && value === '1')
  const kept = Object.entries(rows).filter(([, row]) => Object.entries(row).some(typed))
  return { ...rest, rows: Object.fromEntries(kept) }
}

export const itemsForm = z.preprocess(
  gatherLines,
  z.strictObject({
    rows: z
      .record(z.string(), line)
      .refine((rows) => Object.keys(rows).length <= mostLines, { error: 'web:field.malformed' }),
    more: z.enum(['', 'on']).optional(),
    version: version(),
  }),
)
export type ItemsInput = z.infer<typeof itemsForm>

export const itemsQuery = z.object({
  rows: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .optional()
    .catch(undefined),
})
export type ItemsQuery = z.infer<typeof itemsQuery>

export const signForm = z.strictObject({ version: version() })
export const reasonForm = z.strictObject({ reason: why, version: version() })
export type ReasonInput = z.infer<typeof reasonForm>

/** One line for each thing that is missing. */
export const supplementForm = z.strictObject({
  what: text({ min: 2, max: 2000 }).transform((value) => value.split('\n').map(cleanText).filter(Boolean)),
  dueOn: day,
  version: version(),
})
export type SupplementInput = z.infer<typeof supplementForm>

export const settleForm = z.strictObject({ note: text({ min: 2, max: 200 }) })
export const followForm = z.strictObject({ reason: why })

export const tabs = ['waiting', 'mine', 'scope', 'ended'] as const
export type Tab = (typeof tabs)[number]
const mark = z
  .string()
  .regex(/^G\d{10,}$/)
  .optional()
  .catch(undefined)
export const listQuery = z.object({ tab: z.enum(tabs).catch('waiting').default('waiting'), after: mark, before: mark })
export type ListQuery = z.infer<typeof listQuery>
