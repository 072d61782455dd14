import { z } from 'zod'
import { ContactRecordWay } from '../../prisma/client/enums.ts'
import { longestPromise } from '../promises/rules.ts'
import { isDay } from '../calendar/week.ts'
import { momentOf } from '../lib/moments.ts'
import { checkbox, choice, optionalId, optionalText, text, version } from '../web/fields.ts'

export const ways = Object.values(ContactRecordWay) as [ContactRecordWay, ...ContactRecordWay[]]
export const directions = ['out', 'in'] as const
/** So many promises are written down with a contact; more of them as tasks. */
export const promiseRows = [1, 2, 3] as const

/** As the browser's field sends it, by the company's clock. */
const moment = text({ min: 1, max: 30 })
  .refine((value) => momentOf(value) !== null, { error: 'web:field.malformed' })
  .transform((value) => momentOf(value)!)

const optionalDay = z
  .string()
  .refine((value) => value === '' || isDay(value), { error: 'web:field.malformed' })
  .optional()
  .transform((value) => value || null)

const said = {
  way: choice(ways),
  direction: choice(directions),
  at: moment,
  contactId: optionalId(),
  person: optionalText({ max: 60 }),
  content: text({ min: 2, max: 2000 }),
  result: text({ min: 1, max: 1000 }),
  nextStep: optionalText({ max: 500 }),
  nextOn: optionalDay,
  formal: checkbox(),
  views: optionalText({ max: 1000 }),
  business: optionalText({ max: 1000 }),
  needs: optionalText({ max: 1000 }),
  letting: optionalText({ max: 1000 }),
}

const promised = (n: (typeof promiseRows)[number]) =>
  ({
    [`promise${n}`]: optionalText({ max: longestPromise }),
    [`owner${n}`]: z.string().max(20).default(''),
    [`dueOn${n}`]: optionalDay,
  }) as Record<string, z.ZodType>

export type PromiseRow = { n: number; what: string | null; owner: string; dueOn: string | null }

/** A record of a contact as it is typed. */
export type Said = z.infer<z.ZodObject<typeof said>>
export type NewRecord = Said & { customer: string; promises: PromiseRow[] }
export type RecordCorrection = Said & { version: number }

export const recordForm = z
  .strictObject({
    customer: text({ min: 1, max: 20 }),
    ...said,
    ...promised(1),
    ...promised(2),
    ...promised(3),
  })
  .transform((values) => {
    const all = values as unknown as Said & { customer: string } & Record<string, string | null>
    const promises = promiseRows.map((n): PromiseRow => {
      const { [`promise${n}`]: what = null, [`owner${n}`]: owner, [`dueOn${n}`]: dueOn = null } = all
      return { n, what, owner: owner ?? '', dueOn }
    })
    const rest = Object.entries(all).filter(([name]) => !/\d$/.test(name))
    return { ...Object.fromEntries(rest), promises } as unknown as NewRecord
  })

export const correctionForm = z.strictObject({ ...said, version: version() })

/** `formal`: it was opened from a list of who is due. */
export const newQuery = z.object({
  customer: z
    .string()
    .regex(/^K\d{10}$/i)
    .optional()
    .catch(undefined),
  formal: z.literal('on').optional().catch(undefined),
})
export type NewQuery = z.infer<typeof newQuery>
