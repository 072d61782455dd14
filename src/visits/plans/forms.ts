import { hour } from '../changing/forms.ts'
import { isDay } from '../../calendar/week.ts'
import { VisitPlanState, VisitPurpose } from '../../../prisma/client/enums.ts'
import { optionalText, text, version } from '../../web/fields.ts'
import { z } from 'zod'
export const month = z.string().regex(/^20\d\d-(?:0[1-9]|1[0-2])$/, { error: 'web:field.malformed' })
const day = text({ min: 1, max: 10 }).pipe(z.iso.date({ error: 'web:field.malformed' }))
export const copyForm = z.strictObject({ day, time: hour() })
export type CopyInput = z.infer<typeof copyForm>

export const removalForm = z.strictObject({ version: version() })
export type Removal = z.infer<typeof removalForm>

const optionalDay = z
  .string()
  .refine((value) => value === '' || isDay(value), { error: 'web:field.malformed' })
  .optional()
  .transform((value) => value || null)

/** With a customer, that one is put in at once. */
export const beginForm = z.strictObject({ month, customer: optionalText({ max: 100 }), day: optionalDay })
export type Begin = z.infer<typeof beginForm>

export const submissionForm = z.strictObject({
  version: version(),
  reason: optionalText({ max: 500 }),
  note: optionalText({ max: 500 }),
})
export type Submission = z.infer<typeof submissionForm>

const purposeNames = Object.values(VisitPurpose)
const isCustomer = (name: string) => /^K\d{10,}$/.test(name)

/** `K2026000123=on`: the suggested customers that were ticked, or all of them; on one day, or each on a free one. */
export const suggestionForm = z
  .object({ day: optionalDay, all: z.enum(['on']).optional() })
  .catchall(z.string().max(10))
  .transform(({ day, all, ...sent }) => ({
    customers: Object.keys(sent).filter(isCustomer).slice(0, 50),
    all: all === 'on',
    day,
  }))
export type Suggested = z.infer<typeof suggestionForm>

export const takingUpForm = z.strictObject({})

const optionalMonth = z
  .union([z.literal(''), month])
  .default('')
  .catch('')
export const planTabs = ['mine', 'scope'] as const
export const stateChoices = ['missing', 'late', ...Object.values(VisitPlanState)] as const

/** All state of the list is in its address. */
export const listQuery = z.object({
  tab: z.enum(planTabs).default('mine').catch('mine'),
  month: optionalMonth,
  state: z
    .enum(['', ...stateChoices])
    .default('')
    .catch(''),
  after: z
    .string()
    .regex(/^[A-Za-z0-9]{1,20}$/)
    .optional()
    .catch(undefined),
})
export type ListQuery = z.infer<typeof listQuery>

export const beginQuery = z.object({
  month: optionalMonth,
  customer: z.string().max(20).default('').catch(''),
})
export type BeginQuery = z.infer<typeof beginQuery>

/** Which day, and whom, the form for another line is opened with. */
export const lineQuery = z.object({
  day: z
    .union([z.literal(''), z.iso.date()])
    .default('')
    .catch(''),
  customer: z.string().max(20).default('').catch(''),
  /** What the line before was for: the next is most often for the same. */
  purposes: z
    .string()
    .max(200)
    .default('')
    .catch('')
    .transform((text) => purposeNames.filter((one) => text.split(',').includes(one))),
})
export type LineQuery = z.infer<typeof lineQuery>
