import { z } from 'zod'
import { choice, optionalText, text, version } from '../web/fields.ts'
import { mostCopies, mostItems } from './rules.ts'

export const ways = ['photocopy', 'excerpt', 'print', 'download'] as const
export const purposes = ['complaint', 'service', 'contract', 'audit', 'legal', 'customer_request', 'other'] as const

const day = z.iso.date({ error: 'web:field.malformed' })
const number = z.preprocess((value) => (typeof value === 'string' ? value.trim() : value), z.coerce.number().int())
const copies = number.refine((n) => n >= 1 && n <= mostCopies, { error: 'copies:field.count' })
const places = Array.from({ length: mostItems }, (_, at) => `copies${at}` as const)

/** How many of each item: copies0, copies1 … in the order of the address. */
export const askForm = z
  .strictObject({
    way: choice(ways),
    purpose: choice(purposes),
    reason: text({ min: 4, max: 500 }),
    holder: text({ min: 2, max: 60 }),
    dueOn: day,
    ...Object.fromEntries(places.map((name) => [name, copies.optional()])),
  })
  .transform((sent) => {
    const { way, purpose, reason, holder, dueOn, ...counts } = sent as Asked & Record<string, number | undefined>
    return { way, purpose, reason, holder, dueOn, counts: places.map((name) => counts[name] ?? 1) }
  })
type Asked = {
  way: (typeof ways)[number]
  purpose: (typeof purposes)[number]
  reason: string
  holder: string
  dueOn: string
}
export type Asking = z.infer<typeof askForm>

/** The items by number, with commas between; `again` the permit that is asked for once more. */
export const askQuery = z.object({
  item: z
    .string()
    .max(600)
    .default('')
    .transform((value) => [
      ...new Set(
        value
          .toUpperCase()
          .split(/[\s,，、]+/u)
          .filter(Boolean),
      ),
    ]),
  again: z.string().max(20).optional(),
})
export type AskQuery = z.infer<typeof askQuery>

export const makeForm = z.strictObject({ item: text({ min: 1, max: 40 }), n: copies })
export type Making = z.infer<typeof makeForm>

export const returnForm = z.strictObject({ note: optionalText({ max: 300 }), version: version() })
export type Return = z.infer<typeof returnForm>

export const destructionForm = z.strictObject({
  witness: text({ min: 1, max: 20 }),
  note: text({ min: 2, max: 300 }),
  version: version(),
})
export type Destruction = z.infer<typeof destructionForm>

export const lossForm = z.strictObject({ note: text({ min: 4, max: 500 }), version: version() })
export type Loss = z.infer<typeof lossForm>

export const tabs = ['out', 'ended', 'permits'] as const
export const listQuery = z.object({
  tab: z.enum(tabs).default('out'),
  item: z.string().trim().toUpperCase().max(40).default(''),
  /** What the page begins behind: a number of a copy, or of a permit. */
  after: z
    .string()
    .regex(/^F[BZ]\d{10,}$/)
    .optional(),
})
export type ListQuery = z.infer<typeof listQuery>
