import { z } from 'zod'
import { isDay } from '../calendar/week.ts'
import { optionalText, text } from '../web/fields.ts'
import { longestPromise, standings } from './rules.ts'

const day = z.string().refine(isDay, { error: 'web:field.malformed' })

export const promiseForm = z.strictObject({
  what: text({ min: 2, max: longestPromise }),
  owner: text({ min: 1, max: 20 }),
  dueOn: day,
  promisedTo: optionalText({ max: 50 }),
  promisedOn: day,
})
export type PromiseInput = z.infer<typeof promiseForm>

/** Whose promises: one's own, those of one's department, all within reach. */
export const promiseTabs = ['mine', 'department', 'scope'] as const
export type PromiseTab = (typeof promiseTabs)[number]

const blank = (pattern: RegExp) => z.string().trim().toUpperCase().regex(pattern).catch('').default('')

/** All state of the list is in its address; without a state it shows what is to be kept. */
export const promiseQuery = z.object({
  tab: z.enum(promiseTabs).catch('mine').default('mine'),
  state: z
    .enum(['', 'overdue', ...standings.filter((one) => one !== 'overdue' && one !== 'open'), 'all'])
    .catch('')
    .default(''),
  owner: blank(/^(?:|[A-Z][0-9A-Z]{1,19})$/),
  customer: blank(/^(?:|K\d{10,})$/),
  /** VIS-09: those due in this month, of whose department alone, and only what the person's assessments count. */
  month: z
    .string()
    .regex(/^(?:|20\d\d-(?:0[1-9]|1[0-2]))$/)
    .catch('')
    .default(''),
  unit: blank(/^(?:|NONE|\d{1,18})$/),
  reach: z.enum(['', 'counted']).catch('').default(''),
  after: z
    .string()
    .regex(/^D\d{10,}$/)
    .optional()
    .catch(undefined),
})
export type PromiseQuery = z.infer<typeof promiseQuery>
