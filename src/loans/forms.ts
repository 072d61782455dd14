import { z } from 'zod'
import { checkbox, choice, optionalText, text, version } from '../web/fields.ts'
import { conditions } from './rules.ts'

export const purposes = ['complaint', 'service', 'contract', 'audit', 'legal', 'customer_request', 'other'] as const

const count = z
  .string()
  .trim()
  .regex(/^\d{1,5}$/, { error: 'web:field.malformed' })
  .transform(Number)
  .refine((value) => value > 0, { error: 'web:field.malformed' })

/** Numbers of items one after another, and what a scanner makes of a label: the address that it leads to. */
export const itemNumbers = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[\s,，、;；]+/)
      .map((one) => (one.split(/[?#]/)[0] ?? '').split('/').at(-1)!.trim().toUpperCase())
      .filter(Boolean),
  ),
]

export const newLoanForm = z.strictObject({
  item: text({ min: 1, max: 600 }).transform(itemNumbers),
  copies: count,
  days: count,
  purpose: choice(purposes),
  reason: text({ min: 1, max: 500 }),
  exceptional: checkbox(),
  seal: z.any().optional(),
})
export type NewLoan = z.infer<typeof newLoanForm>

export const itemQuery = z.object({ item: z.string().max(600).default('') })
export type ItemQuery = z.infer<typeof itemQuery>

export const endForm = z.strictObject({ version: version() })
export type End = z.infer<typeof endForm>

const counted = {
  pages: count,
  copies: count,
  condition: choice(conditions),
  note: optionalText({ max: 300 }),
}

export const lendForm = z.strictObject({
  item: text({ min: 1, max: 200 }),
  application: text({ min: 1, max: 20 }),
  ...counted,
})
export type Lend = z.infer<typeof lendForm>

export const returnForm = z.strictObject({
  loan: text({ min: 1, max: 20 }),
  bringer: text({ min: 1, max: 20 }),
  ...counted,
})
export type Return = z.infer<typeof returnForm>

export const emptyForm = z.strictObject({})

export const counterForm = z.strictObject({
  staff: text({ min: 1, max: 20 }),
  proof: z.string().min(1, { error: 'web:field.required' }).max(200, { error: 'web:field.tooLong' }),
})
export type Counter = z.infer<typeof counterForm>

const day = z
  .string()
  .regex(/^(?:|20\d\d-\d\d-\d\d)$/)
  .default('')
const number = (prefix: RegExp) => z.string().trim().toUpperCase().regex(prefix).default('')

export const registerStates = ['', 'open', 'overdue', 'soon', 'unconfirmed', 'returned'] as const

/** All state of the register is in its address. */
export const registerQuery = z.object({
  state: z.enum(registerStates).default(''),
  person: number(/^(?:|[A-Z][0-9A-Z]{1,29})$/),
  customer: number(/^(?:|K\d{10,})$/),
  item: number(/^(?:|[0-9A-Z]{3,40}(?:-\d{1,6})?)$/),
  from: day,
  until: day,
  after: z
    .string()
    .regex(/^J\w{4,30}$/)
    .optional(),
  before: z
    .string()
    .regex(/^J\w{4,30}$/)
    .optional(),
})
export type RegisterQuery = z.infer<typeof registerQuery>

export const exportQuery = registerQuery.extend({ format: z.enum(['xlsx', 'csv']).default('xlsx') })
export type RegisterExport = z.infer<typeof exportQuery>

export const listQuery = z.object({ whose: z.enum(['mine', 'department']).default('mine') })
export type ListQuery = z.infer<typeof listQuery>
