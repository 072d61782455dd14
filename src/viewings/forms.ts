import { z } from 'zod'
import { isDay } from '../calendar/week.ts'
import { choice, text, version } from '../web/fields.ts'
import { spans } from './rules.ts'

export const purposes = ['complaint', 'service', 'contract', 'audit', 'legal', 'customer_request', 'other'] as const
export const papers = ['letter', 'work_id'] as const
export const verdicts = ['justified', 'unjustified'] as const

/** DA2026000001-01, DA2026000001-02 as people write several. */
export const numbersIn = (typed: string): string[] => [
  ...new Set(
    typed
      .toUpperCase()
      .split(/[\s,，、;；]+/u)
      .filter(Boolean),
  ),
]

const items = () => text({ min: 1, max: 600 }).transform(numbersIn)
const day = () =>
  z
    .string({ error: 'web:field.required' })
    .trim()
    .refine((value) => isDay(value), { error: 'web:field.malformed' })
const reason = () => text({ min: 1, max: 1000 })

const asked = { items: items(), day: day(), span: choice(spans), purpose: choice(purposes), reason: reason() }

export const viewingForm = z.strictObject(asked)
export type NewViewing = z.infer<typeof viewingForm>

export const correctionForm = z.strictObject({ ...asked, version: version() })
export type Correction = z.infer<typeof correctionForm>

export const visitorForm = z.strictObject({
  ...asked,
  visitorName: text({ min: 1, max: 50 }),
  visitorUnit: text({ min: 1, max: 100 }),
  visitorPaper: choice(papers),
  visitorPaperNo: text({ min: 4, max: 50 }),
})
export type NewVisitor = z.infer<typeof visitorForm>

export const emergencyForm = z.strictObject({ items: items(), purpose: choice(purposes), reason: reason() })
export type NewEmergency = z.infer<typeof emergencyForm>

export const endForm = z.strictObject({ reason: text({ min: 1, max: 500 }), version: version() })
export type Ended = z.infer<typeof endForm>

export const sealForm = z.strictObject({ version: version() })
export type Sealed = z.infer<typeof sealForm>

export const reviewForm = z.strictObject({
  verdict: choice(verdicts),
  note: text({ min: 10, max: 1000 }),
  version: version(),
})
export type Reviewed = z.infer<typeof reviewForm>

/** Which items a page was opened with: ?item=DA2026000001-01,DA2026000001-02 */
export const itemQuery = z.object({
  item: z
    .string()
    .max(600)
    .optional()
    .transform((value) => numbersIn(value ?? '')),
  draft: z.string().optional(),
})
export type ItemQuery = { item: string[]; draft?: string | undefined }

/** Of the register: nothing is refused, what cannot be read is not asked. */
export const registerQuery = z.object({
  person: z.string().max(20).optional(),
  customer: z.string().max(20).optional(),
  item: z.string().max(30).optional(),
  from: z.string().max(10).optional(),
  until: z.string().max(10).optional(),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
})
export type RegisterQuery = z.infer<typeof registerQuery>
