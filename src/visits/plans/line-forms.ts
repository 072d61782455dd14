import { hour, minutesLong } from '../changing/forms.ts'
import { SpendingKind, VisitPurpose, VisitTarget } from '../../../prisma/client/enums.ts'
import { checkbox, money, optionalChoice, optionalText, text, version, whole } from '../../web/fields.ts'
import { z } from 'zod'
import { namesIn, type Spoken } from './people.ts'
export const purposes = Object.values(VisitPurpose)
export const targets = Object.values(VisitTarget) as [VisitTarget, ...VisitTarget[]]
export const spendingKinds = Object.values(SpendingKind) as [SpendingKind, ...SpendingKind[]]
/** The rows of costs, and the fields for colleagues and for other customers. */
export const spendingRows = [1, 2, 3, 4] as const
export const companionRows = [1, 2, 3] as const
export const partyRows = [1, 2, 3] as const

const day = text({ min: 1, max: 10 }).pipe(z.iso.date({ error: 'web:field.malformed' }))
const pieces = whole({ min: 1, max: 9999, empty: 1 }).default(1)

const spendingRow = (n: number) => ({
  [`kind${n}`]: z.enum(spendingKinds).optional(),
  [`what${n}`]: optionalText({ max: 100 }),
  [`quantity${n}`]: pieces,
  [`price${n}`]: money(),
})
const optionalTexts = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, optionalText({ max: 20 })]))
type Row = Record<string, z.ZodType<string | number | null | undefined>>

const contactName = /^contact_(\d{1,18})$/

/** `contact_12=on` are people of the record whom one means to meet: as many as the customer has. */
function gather(raw: unknown): unknown {
  const entries = Object.entries((raw ?? {}) as Record<string, unknown>)
  const contacts = entries.flatMap(([name, value]) => (value === '' ? [] : (contactName.exec(name)?.[1] ?? [])))
  return { ...Object.fromEntries(entries.filter(([name]) => !contactName.test(name))), contacts }
}

export type SpendingInput = {
  kind: SpendingKind
  what: string | null
  quantity: number
  price: string | null
  n: number
}
export type LineInput = {
  version: number
  customer: string | null
  party: string | null
  target: VisitTarget | null
  purposes: VisitPurpose[]
  day: string
  time: string | null
  minutes: number
  place: string | null
  district: string | null
  agenda: string | null
  bring: string | null
  companions: { number: string; field: string }[]
  parties: { number: string; field: string }[]
  contacts: bigint[]
  people: Spoken[]
  spendings: SpendingInput[]
}

const sent = z.strictObject({
  version: version().optional(),
  customer: optionalText({ max: 100 }),
  party: optionalText({ max: 100 }),
  target: optionalChoice(targets),
  ...(Object.fromEntries(purposes.map((one) => [`purpose_${one}`, checkbox()])) as Record<string, z.ZodType<boolean>>),
  day,
  time: hour(),
  minutes: minutesLong(),
  place: optionalText({ max: 200 }),
  district: optionalText({ max: 40 }),
  agenda: optionalText({ max: 1000 }),
  bring: optionalText({ max: 300 }),
  people: optionalText({ max: 300 }),
  contacts: z.array(z.string()).max(50),
  ...(Object.assign({}, ...spendingRows.map(spendingRow)) as Row),
  ...(optionalTexts(companionRows.map((n) => `companion${n}`)) as Row),
  ...(optionalTexts(partyRows.map((n) => `other${n}`)) as Row),
})

/** VIS-02: one line of a plan, as the form writes it. */
export const lineForm = z.preprocess(gather, sent).transform((given): LineInput => {
  const values = given as unknown as Record<string, string | number | null | undefined>
  const named = (prefix: string, rows: readonly number[]) =>
    rows.flatMap((n) => {
      const number = values[`${prefix}${n}`]
      return number ? [{ number: String(number), field: `${prefix}${n}` }] : []
    })
  return {
    ...given,
    version: given.version ?? 0,
    purposes: purposes.filter((one) => (given as unknown as Record<string, boolean>)[`purpose_${one}`]),
    contacts: given.contacts.map(BigInt),
    people: namesIn(given.people),
    companions: named('companion', companionRows),
    parties: named('other', partyRows),
    spendings: spendingRows.flatMap((n) => spendingOf(values, n)),
  }
})

/** A row counts once something is written in it. */
function spendingOf(values: Record<string, unknown>, n: number): SpendingInput[] {
  const [what, price] = [values[`what${n}`] as string | null, values[`price${n}`] as string | null]
  if (!what && !price) return []
  const kind = (values[`kind${n}`] ?? 'travel') as SpendingKind
  return [{ kind, what, quantity: Number(values[`quantity${n}`]), price, n }]
}
