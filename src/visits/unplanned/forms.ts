import { z } from 'zod'
import { SpendingKind, VisitPurpose, VisitTarget } from '../../../prisma/client/enums.ts'
import { momentOf } from '../../lib/moments.ts'
import { money, optionalChoice, optionalText, whole } from '../../web/fields.ts'
import { minutesLong } from '../changing/forms.ts'

const valuesOf = <T extends string>(of: Record<string, T>) => Object.values(of) as [T, ...T[]]
export const purposes = valuesOf(VisitPurpose)
export const targets = ['target', 'potential', 'peer'] as const satisfies readonly VisitTarget[]
export const kinds = valuesOf(SpendingKind)

/** Why a visit was not in the plan, as it mostly is: one press says it. */
export const becauses = ['passing', 'asked', 'urgent', 'delivery'] as const
export const costLines = [1, 2, 3] as const

const maybeMoment = () =>
  optionalText({ max: 30 })
    .refine((value) => value === null || momentOf(value) !== null, { error: 'web:field.malformed' })
    .transform((value) => (value === null ? null : momentOf(value)!))

const count = () => whole({ min: 1, max: 9999, empty: 1 }).default(1)

const costFields = Object.fromEntries(
  costLines.flatMap((n) => [
    [`cost${n}kind`, optionalChoice(kinds)],
    [`cost${n}what`, optionalText({ max: 100 })],
    [`cost${n}quantity`, count()],
    [`cost${n}price`, money()],
  ]),
)
const purposeFields = Object.fromEntries(purposes.map((one) => [`purpose_${one}`, z.enum(['on', '']).optional()]))

const contactField = /^contact_\d{1,18}$/

const fields = {
  customer: optionalText({ max: 20 }),
  party: optionalText({ max: 100 }),
  target: optionalChoice(targets),
  when: z.enum(['now', 'at']).default('now'),
  at: maybeMoment(),
  minutes: minutesLong(),
  place: optionalText({ max: 200 }),
  district: optionalText({ max: 30 }),
  agenda: optionalText({ max: 500 }),
  bring: optionalText({ max: 300 }),
  people: optionalText({ max: 200 }),
  companions: optionalText({ max: 200 }),
  parties: optionalText({ max: 200 }),
  because: optionalChoice(becauses),
  note: optionalText({ max: 300 }),
  ...purposeFields,
  ...costFields,
}

/** What the browser sends, field by field; beside them a tick for each of the customer's contacts. */
export const unplannedForm = z
  .strictObject(fields)
  .catchall(z.enum(['on', '']).optional())
  .superRefine((value, context) => {
    for (const name of Object.keys(value))
      if (!(name in fields) && !contactField.test(name))
        context.addIssue({ code: 'unrecognized_keys', keys: [name], input: value })
  })
  .transform((value) => value as unknown as Sent)

type CostSent = {
  [N in (typeof costLines)[number] as `cost${N}kind`]: SpendingKind | null
} & { [N in (typeof costLines)[number] as `cost${N}what` | `cost${N}price`]: string | null } & {
  [N in (typeof costLines)[number] as `cost${N}quantity`]: number
}
type Ticks = { [P in VisitPurpose as `purpose_${P}`]?: 'on' | '' }

export type Sent = {
  customer: string | null
  party: string | null
  target: (typeof targets)[number] | null
  when: 'now' | 'at'
  at: Date | null
  minutes: number
  place: string | null
  district: string | null
  agenda: string | null
  bring: string | null
  people: string | null
  companions: string | null
  parties: string | null
  because: (typeof becauses)[number] | null
  note: string | null
} & CostSent &
  Ticks

/** The contacts that were ticked. */
export const contactsIn = (sent: Sent): bigint[] =>
  Object.entries(sent).flatMap(([name, value]) =>
    contactField.test(name) && value === 'on' ? [BigInt(name.slice('contact_'.length))] : [],
  )

export const purposesIn = (sent: Sent): VisitPurpose[] => purposes.filter((one) => sent[`purpose_${one}`] === 'on')

export const newQuery = z.object({ customer: z.string().max(20).optional().catch(undefined) })
export type NewQuery = z.infer<typeof newQuery>
