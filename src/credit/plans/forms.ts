import { z } from 'zod'
import { isDay } from '../../calendar/week.ts'
import { amount, optionalText, text } from '../../web/fields.ts'
import { mostLines, type Written } from './rules.ts'

const numbers = Array.from({ length: mostLines }, (_, at) => at + 1)
const day = z
  .string()
  .trim()
  .refine((value) => value === '' || isDay(value), { error: 'web:field.malformed' })
  .optional()
const sum = z
  .string()
  .max(30, { error: 'web:field.money' })
  .optional()
  .transform((value, context) => {
    if (value === undefined || value.trim() === '') return null
    const { success, data, error } = amount().safeParse(value)
    if (success) return data
    context.issues.push({ code: 'custom', message: error.issues[0]!.message, input: value })
    return z.NEVER
  })

type LineFields = Record<`due${number}`, typeof day> & Record<`amount${number}`, typeof sum>
const lines = Object.fromEntries(
  numbers.flatMap((n) => [
    [`due${n}`, day],
    [`amount${n}`, sum],
  ]),
) as LineFields

export type PlanInput = { lines: Written[]; promisedBy: string; note: string | null }

export const planForm = z
  .strictObject({
    ...(lines as object as Record<never, never>),
    promisedBy: text({ min: 1, max: 60 }),
    note: optionalText({ max: 500 }),
  })
  .transform((typed): PlanInput => {
    const values = typed as Record<string, string | null | undefined>
    return {
      lines: numbers.map((n) => ({ n, due: values[`due${n}`] ?? '', amount: values[`amount${n}`] ?? null })),
      promisedBy: typed.promisedBy,
      note: typed.note,
    }
  })

export const withdrawForm = z.strictObject({ reason: text({ min: 2, max: 300 }) })
export type WithdrawInput = z.infer<typeof withdrawForm>

const sometimes = (pattern: RegExp) => z.string().trim().toUpperCase().regex(pattern).catch('').default('')

/** Of the form: whose plan, or for which release; `customer` as it is typed. */
export const aboutQuery = z.object({
  customer: z.string().trim().max(20).catch('').default(''),
  release: sometimes(/^(?:|FX\d{10,})$/),
})
export type AboutQuery = z.infer<typeof aboutQuery>

export const tabs = ['due', 'broken', 'all'] as const
export const plansQuery = z.object({
  tab: z.enum(tabs).catch('due').default('due'),
  customer: sometimes(/^(?:|K\d{10,})$/),
  after: sometimes(/^(?:|HL\d{10,}-\d{1,2})$/),
})
export type PlansQuery = z.infer<typeof plansQuery>
