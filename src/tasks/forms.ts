import { z } from 'zod'
import { momentOf } from '../lib/moments.ts'
import { cleanText } from '../lib/text.ts'
import { optionalChoice, optionalText, text, version } from '../web/fields.ts'

const day = z.iso.date({ error: 'web:field.malformed' })
/** A line that can be seen: what is only invisible characters would be a link nobody finds. */
const title = z.preprocess(
  (value) => (typeof value === 'string' ? cleanText(value) : value),
  text({ min: 1, max: 100 }),
)
const note = optionalText({ max: 1000 })
/** A colleague or a customer, by number. */
const colleague = text({ min: 1, max: 20 })

export const newTaskForm = z.strictObject({
  title,
  note,
  owner: colleague,
  dueOn: day,
  customer: optionalText({ max: 20 }),
})
export type NewTask = z.infer<typeof newTaskForm>

export const correctionForm = z.strictObject({ title, note, dueOn: day, version: version() })
export type TaskCorrection = z.infer<typeof correctionForm>

/** VIS-07: that the customer was told, of a task that stands for a promise; the form has these fields only there. */
const telling = {
  toldAt: optionalText({ max: 30 })
    .refine((value) => value === null || momentOf(value) !== null, { error: 'web:field.malformed' })
    .transform((value) => (value === null ? null : momentOf(value))),
  toldWay: optionalChoice(['phone', 'visit', 'message', 'email', 'letter']),
  toldWhom: optionalText({ max: 50 }),
  toldWords: optionalText({ max: 1000 }),
}

export const resultForm = z.strictObject({ result: text({ min: 1, max: 1000 }), version: version(), ...telling })
export type TaskResult = z.infer<typeof resultForm>

export const withdrawalForm = z.strictObject({ reason: text({ min: 1, max: 500 }), version: version(), ...telling })
export type Withdrawal = z.infer<typeof withdrawalForm>

export const handOnForm = z.strictObject({
  owner: colleague,
  reason: text({ min: 1, max: 500 }),
  version: version(),
})
export type HandOn = z.infer<typeof handOnForm>

/** Whose tasks: one's own, those one gave, all within reach, and what has ended. */
export const taskTabs = ['mine', 'given', 'scope', 'ended'] as const
export type TaskTab = (typeof taskTabs)[number]

/** Whether tasks that stand for a promise are among them. */
export const promiseChoices = ['without', 'only'] as const

const mark = z
  .string()
  .regex(/^D\d{10,}$/)
  .optional()

/** All state of the list is in its address. */
export const taskQuery = z.object({
  tab: z.enum(taskTabs).default('mine'),
  owner: z
    .string()
    .regex(/^(?:|[A-Z][0-9A-Z]{1,19})$/)
    .default(''),
  customer: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^(?:|K\d{10,})$/)
    .default(''),
  overdue: z.enum(['', 'on']).default(''),
  promises: z.enum(['', ...promiseChoices]).default(''),
  after: mark,
  before: mark,
})
export type TaskQuery = z.infer<typeof taskQuery>

export const newTaskQuery = z.object({ customer: z.string().max(20).optional() })
export type NewTaskQuery = z.infer<typeof newTaskQuery>
