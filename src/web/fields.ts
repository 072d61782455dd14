import { z } from 'zod'
import type { Key } from '../i18n.ts'
import { yuanOf } from '../lib/money.ts'
import type { Params } from '../lib/refused.ts'
import { cleanText } from '../lib/text.ts'

export type FieldProblem = { field: string; reason: Key; params?: Params }

/** A line of text: trimmed, and counted in characters as people count them; what nobody can see is nothing. */
export function text({ min = 0, max }: { min?: number; max: number }) {
  return z.preprocess(
    (value) => (typeof value === 'string' ? trimmed(value) : value),
    z
      .string()
      .refine((value) => min === 0 || value !== '', { error: 'web:field.required', abort: true })
      .refine((value) => [...value].length >= min, { error: 'web:field.tooShort', params: { min }, abort: true })
      .refine((value) => [...value].length <= max, { error: 'web:field.tooLong', params: { max } }),
  )
}

function trimmed(value: string): string {
  const typed = value.replace(/\r\n/g, '\n').trim()
  return cleanText(typed) === '' ? '' : typed
}

/** Text that may be left empty or out; empty becomes null. */
export function optionalText({ max }: { max: number }) {
  return text({ max })
    .optional()
    .transform((value) => (value === undefined || value === '' ? null : value))
}

/** A whole number from min to max; what is left empty is `empty`, or missing where there is none. */
export function whole({ min, max, empty }: { min: number; max: number; empty?: number }) {
  const fits = (value: string) => /^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max
  return text({ min: empty === undefined ? 1 : 0, max: 9 })
    .refine((value) => value === '' || fits(value), { error: 'web:field.whole', params: { min, max } })
    .transform((value) => (value === '' ? (empty ?? min) : Number(value)))
}

/** Yuan as people write them, kept with two decimals; empty becomes null. */
export function money() {
  return z
    .string()
    .max(30, { error: 'web:field.money' })
    .refine((value) => value.trim() === '' || yuanOf(value) !== null, { error: 'web:field.money' })
    .optional()
    .transform((value) => (value === undefined || value.trim() === '' ? null : yuanOf(value)))
}

/** Yuan above zero that must be there. */
export function amount() {
  return money()
    .refine((value) => value !== null, { error: 'web:field.required', abort: true })
    .refine((value) => value === null || Number(value) > 0, { error: 'web:field.moneyAbove' })
    .transform((value) => value!)
}

/** A password: kept exactly as typed. */
export function secret() {
  return z.string().min(1, { error: 'web:field.required' }).max(200, { error: 'web:field.tooLong' })
}

export function choice<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values)
}

/** One of a few, or none: empty becomes null. */
export function optionalChoice<const T extends readonly [string, ...string[]]>(values: T) {
  return z
    .enum(['', ...values])
    .optional()
    .transform((value) => (value === undefined || value === '' ? null : value) as T[number] | null)
}

/** A record chosen by its identifier; empty means none. */
export function optionalId() {
  return z
    .string()
    .regex(/^\d{0,18}$/, { error: 'web:field.choose' })
    .optional()
    .transform((value) => (value === undefined || value === '' ? null : BigInt(value)))
}

export function checkbox() {
  return z
    .enum(['on', ''])
    .optional()
    .transform((value) => value === 'on')
}

/** The version of the record the form was opened on (409 when someone saved since). */
export function version() {
  return z
    .string()
    .regex(/^\d{1,9}$/, { error: 'web:field.malformed' })
    .transform(Number)
}

/** Every problem of a form as a sentence by its field; the English of the schema library never reaches a page. */
export function fieldProblems(error: z.ZodError): FieldProblem[] {
  return error.issues.map((issue) => ({
    // A field the form does not have has no place on the page that an error could stand by.
    field: issue.path.map(String).join('.'),
    ...sentenceFor(issue),
  }))
}

function sentenceFor(issue: z.core.$ZodIssue): { reason: Key; params?: Params } {
  if (issue.message.startsWith('web:')) {
    const params = issue.code === 'custom' ? (issue.params as Params | undefined) : undefined
    const most = issue.code === 'too_big' ? { max: Number(issue.maximum) } : undefined
    return { reason: issue.message as Key, ...((params ?? most) ? { params: (params ?? most)! } : {}) }
  }
  if (issue.code === 'invalid_value') return { reason: 'web:field.choose' }
  if (issue.code === 'unrecognized_keys') return { reason: 'web:field.unknown', params: { name: issue.keys[0] ?? '' } }
  if (issue.code === 'invalid_type' && issue.input === undefined) return { reason: 'web:field.required' }
  return { reason: 'web:field.malformed' }
}
