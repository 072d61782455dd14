import { z } from 'zod'
import { optionalText, text, version } from '../web/fields.ts'

const colleague = text({ min: 1, max: 20 }).transform((value) => value.toUpperCase())

export const givingForm = z.strictObject({
  to: text({ min: 1, max: 60 }),
  witness: colleague,
  version: version(),
})
export type GivingInput = z.infer<typeof givingForm>

export const states = ['here', 'lent', 'given'] as const
export const listQuery = z.object({
  q: z.string().trim().max(100).catch('').default(''),
  state: z
    .enum(['', ...states])
    .catch('')
    .default(''),
  after: z
    .string()
    .regex(/^QZ\d{10,}$/)
    .optional()
    .catch(undefined),
  before: z
    .string()
    .regex(/^QZ\d{10,}$/)
    .optional()
    .catch(undefined),
})
export type ListQuery = z.infer<typeof listQuery>

const row = z.strictObject({
  counted: z
    .string()
    .trim()
    .regex(/^\d{0,4}$/, { error: 'web:field.malformed' })
    .optional()
    .transform((value) => (value === undefined || value === '' ? null : Number(value))),
  why: optionalText({ max: 200 }),
})

const named = /^rows\.(QZ\d{10,12})\.(\w{1,10})$/

/** rows.QZ2026000001.counted */
function gatherRows(raw: unknown): unknown {
  const rest: Record<string, unknown> = {}
  const rows: Record<string, Record<string, unknown>> = {}
  for (const [name, value] of Object.entries((raw ?? {}) as Record<string, unknown>)) {
    const [, number, field] = named.exec(name) ?? []
    if (number === undefined) rest[name] = value
    else (rows[number] ??= {})[field!] = value
  }
  return { ...rest, rows }
}

export const countForm = z.preprocess(
  gatherRows,
  z.strictObject({ rows: z.record(z.string(), row), witness: colleague, note: optionalText({ max: 500 }) }),
)
export type CountInput = z.infer<typeof countForm>
