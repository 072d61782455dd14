import { z } from 'zod'
import { ReceiptWay } from '../../prisma/client/enums.ts'
import { isDay } from '../calendar/week.ts'
import type { Key } from '../i18n.ts'

// Nothing is trimmed, rounded or guessed: what a program sends is taken as it is, or refused. Each field says itself, in
// the reader's language, what it is (openapi.ts).
export const about = <T extends z.ZodType>(schema: T, key: Key): T => schema.describe(key)
const missingOr = (otherwise: Key) => ({
  error: ({ input }: { input?: unknown }) => (input === undefined ? 'web:field.required' : otherwise),
})

/** One line that can be seen: no controls, no formats that hide, nothing blank at its ends. */
const visible = /^(?![\s\u200B])[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+(?<!\s)$/u
const line = (most: number) =>
  z
    .string(missingOr('api:field.text'))
    .regex(visible, { error: 'api:field.visible' })
    .max(most, { error: 'web:field.tooLong' })

/** CRD-18: yuan as text, never a number of a program: those are not exact. */
const yuan = z
  .string(missingOr('api:field.amount'))
  .regex(/^(?!0\.00$)(?:0|[1-9]\d{0,8})\.\d{2}$/, { error: 'api:field.amount' })
const day = z
  .string(missingOr('api:field.day'))
  .regex(/^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, { error: 'api:field.day', abort: true })
  .refine(isDay, { error: 'api:field.day' })
  .meta({ format: 'date' })

const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value): z.output<T> | null => value ?? null)

/** CRD-18: full-width and half-width are one number, as on every other way. */
const documentLine = line(60).normalize('NFKC')
const document = about(documentLine, 'api:about.document')
const customer = about(line(20), 'api:about.customer')
const amount = about(yuan, 'api:about.amount')

export const shipmentBody = z
  .strictObject({
    document,
    customer: about(optional(line(20)), 'api:about.customerOfShipment'),
    release: about(optional(line(20)), 'api:about.releaseOfShipment'),
    amount,
    shippedOn: about(day, 'api:about.shippedOn'),
    goods: about(optional(line(200)), 'api:about.goodsOfShipment'),
    invoice: about(optional(line(60)), 'api:about.invoice'),
  })
  .refine(({ customer: of, release }) => of !== null || release !== null, {
    error: 'api:field.customerOrRelease',
    path: ['customer'],
  })
  .refine(({ goods, release }) => goods === null || release === null, {
    error: 'api:field.goodsOfRelease',
    path: ['goods'],
  })
export type ShipmentBody = z.output<typeof shipmentBody>

export const receiptBody = z.strictObject({
  document,
  customer,
  amount,
  receivedOn: about(day, 'api:about.receivedOn'),
  way: about(z.enum(ReceiptWay, missingOr('web:field.choose')), 'api:about.way'),
  payer: about(optional(line(100)), 'api:about.payer'),
  release: about(optional(line(20)), 'api:about.releaseOfReceipt'),
})
export type ReceiptBody = z.output<typeof receiptBody>

export const releaseBody = z.strictObject({
  document: about(documentLine, 'api:about.order'),
  customer,
  amount,
  goods: about(line(300).min(2, { error: 'api:field.goods' }), 'api:about.goods'),
  note: about(optional(line(500)), 'api:about.note'),
})
export type ReleaseBody = z.output<typeof releaseBody>
