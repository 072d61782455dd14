import { z } from 'zod'
import { momentOf } from '../lib/moments.ts'
import { choice, optionalText, text, version } from '../web/fields.ts'
import { bases, disclosable, isDisclosable, ways } from './rules.ts'

/** A box for each field, by its name in the form. */
export const boxOf = (field: string) => `field_${field}`
const boxes = new Set(disclosable.map(boxOf))

function gatherFields(raw: unknown): unknown {
  const entries = Object.entries((raw ?? {}) as Record<string, unknown>)
  const fields = entries.flatMap(([name, value]) => (boxes.has(name) && value === 'on' ? [name.slice(6)] : []))
  return { ...Object.fromEntries(entries.filter(([name]) => !boxes.has(name))), fields }
}

const day = z
  .string()
  .min(1, { error: 'web:field.required' })
  .pipe(z.iso.date({ error: 'web:field.malformed' }))

export const disclosureForm = z.preprocess(
  gatherFields,
  z.strictObject({
    customer: text({ min: 1, max: 40 }),
    agreement: text({ min: 1, max: 40 }),
    purpose: text({ min: 4, max: 500 }),
    basis: choice(bases),
    fields: z.array(z.string().refine(isDisclosable)),
    items: optionalText({ max: 1500 }),
    fromOn: day,
    untilOn: day,
    way: choice(ways),
    again: optionalText({ max: 20 }),
  }),
)
export type NewDisclosure = z.infer<typeof disclosureForm>

/** DA2026000001-01, DA2026000001-02 as people write several. */
export const numbersIn = (typed: string | null): string[] => [
  ...new Set(
    (typed ?? '')
      .toUpperCase()
      .split(/[\s,，、;；]+/u)
      .filter(Boolean),
  ),
]

export const newQuery = z.object({
  item: z.string().max(1500).optional(),
  customer: z.string().max(40).optional(),
  again: z.string().max(20).optional(),
})
export type NewQuery = z.infer<typeof newQuery>

export const listQuery = z.object({
  state: choice(['waiting', 'approved', 'returned', 'refused', 'withdrawn', 'ended']).optional().catch(undefined),
  q: z.string().trim().max(60).default(''),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
})
export type ListQuery = z.infer<typeof listQuery>

export const packForm = z.strictObject({ version: version() })
export type Packing = z.infer<typeof packForm>

export const handForm = z.strictObject({
  handedTo: text({ min: 2, max: 100 }),
  handedAt: z
    .string()
    .max(30)
    .refine((value) => momentOf(value) !== null, { error: 'web:field.malformed' })
    .transform((value) => momentOf(value)!),
  version: version(),
})
export type Handing = z.infer<typeof handForm>
