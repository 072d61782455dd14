import { z } from 'zod'
import { LedgerSource, ReceiptWay } from '../../../prisma/client/enums.ts'
import { isDay } from '../../calendar/week.ts'
import { cleanText } from '../../lib/text.ts'
import { amount, checkbox, choice, optionalText, text } from '../../web/fields.ts'

const day = z.string().trim().refine(isDay, { error: 'web:field.malformed' })
const customer = text({ min: 1, max: 100 })
/** CRD-18: as files write it, too: what cannot be seen, and full-width forms, make no other number of it. */
export const documentNumber = () =>
  optionalText({ max: 60 }).transform((typed) => (typed === null ? null : cleanText(typed)))
const document = documentNumber()
const goodsFields = { customer, amount: amount(), shippedOn: day, document, goods: optionalText({ max: 200 }) }

/** CRD-13: goods of before the first release. */
export const historyForm = z.strictObject({ ...goodsFields, invoice: optionalText({ max: 60 }) })
export type HistoryForm = z.infer<typeof historyForm>

/** CRD-13: goods that left without a release, written down as the breach that it is. */
export const breachForm = z.strictObject({
  ...goodsFields,
  invoice: optionalText({ max: 60 }),
  reason: text({ min: 4, max: 300 }),
})
export type BreachForm = z.infer<typeof breachForm>

export const receiptForm = z.strictObject({
  customer,
  amount: amount(),
  receivedOn: day,
  way: choice(Object.values(ReceiptWay) as [ReceiptWay, ...ReceiptWay[]]),
  payer: optionalText({ max: 100 }),
  document,
  /** CRD-09: for this held release alone. */
  release: optionalText({ max: 20 }),
  byHand: checkbox(),
})
export type ReceiptForm = z.infer<typeof receiptForm>

/** `seen`: how the document stood when the form was opened. */
const seen = z.string().max(100)

export const counterForm = z.strictObject({
  seen,
  amount: amount(),
  on: day,
  document,
  reason: text({ min: 4, max: 300 }),
})
export type CounterForm = z.infer<typeof counterForm>

/** CRD-16: a field for each shipment, `pay-XS2026000001`. */
export const allocationForm = z
  .object({ seen, way: choice(['hand', 'oldest']) })
  .catchall(z.string().max(30))
  .transform(({ seen, way, ...fields }) => ({
    seen: String(seen),
    way: way as 'hand' | 'oldest',
    typed: Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) => (name.startsWith('pay-') ? [[name.slice(4), value]] : [])),
    ) as Record<string, string>,
  }))
export type AllocationForm = z.infer<typeof allocationForm>

export const purposeForm = z.strictObject({ seen, release: optionalText({ max: 20 }) })
export type PurposeForm = z.infer<typeof purposeForm>

export const closingForm = z.strictObject({
  month: z.string().regex(/^20\d\d-(?:0[1-9]|1[0-2])$/, { error: 'web:field.malformed' }),
  sure: z.literal('on', { error: 'web:field.required' }),
})
export type ClosingForm = z.infer<typeof closingForm>

const sometimes = (pattern: RegExp) => z.string().trim().regex(pattern).catch('').default('')
const sometimesDay = z
  .string()
  .trim()
  .refine((value) => value === '' || isDay(value))
  .catch('')
  .default('')
const oneOf = <const T extends string>(values: readonly T[]) =>
  z
    .string()
    .default('')
    .transform((value): T | '' => values.find((one) => one === value) ?? '')

const ofAList = {
  q: z.string().trim().max(100).catch('').default(''),
  customer: sometimes(/^(?:|K\d{10,})$/),
  from: sometimesDay,
  to: sometimesDay,
  source: oneOf(Object.values(LedgerSource)),
  after: sometimes(/^(?:|(?:XS|HK)[0-9A-Z-]{4,30})$/),
}

export const shipmentMarks = ['unpaid', 'overdue', 'late', 'unreleased', 'countered'] as const
/** All state of a list is in its address. `dueFrom`, `dueTo`: the day the goods were due (CRD-05). */
export const shipmentQuery = z.object({
  ...ofAList,
  mark: oneOf(shipmentMarks),
  dueFrom: sometimesDay,
  dueTo: sometimesDay,
})
export type ShipmentQuery = z.infer<typeof shipmentQuery>

export const receiptMarks = ['free', 'reserved', 'by_hand', 'late', 'countered'] as const
export const receiptQuery = z.object({ ...ofAList, mark: oneOf(receiptMarks), way: oneOf(Object.values(ReceiptWay)) })
export type ReceiptQuery = z.infer<typeof receiptQuery>

/** Of the forms: which customer, and which release the money is for. */
export const aboutQuery = z.object({
  customer: sometimes(/^(?:|[Kk]\d{10,})$/),
  release: sometimes(/^(?:|[Ff][Xx]\d{10,})$/),
})
export type AboutQuery = z.infer<typeof aboutQuery>

export const monthsQuery = z.object({ year: sometimes(/^(?:|20\d\d)$/) })
export type MonthsQuery = z.infer<typeof monthsQuery>
