import { z } from 'zod'
import { CreditMethod, ReceiptWay, ReleaseState } from '../../prisma/client/enums.ts'
import { about } from './forms.ts'

const text = z.string()
const money = about(z.string().regex(/^-?\d+\.\d{2}$/), 'api:about.yuan')
const moment = z.string().meta({ format: 'date-time' })
const date = z.string().meta({ format: 'date' })

export const shipmentAnswer = z.object({
  number: about(text, 'api:about.number'),
  document: about(text, 'api:about.document'),
  customer: about(text, 'api:about.customer'),
  release: about(text.nullable(), 'api:about.releaseOfShipment'),
  amount: money,
  shippedOn: about(date, 'api:about.shippedOn'),
  open: about(money, 'api:about.owed'),
  recordedAt: about(moment, 'api:about.recordedAt'),
})

export const receiptAnswer = z.object({
  number: about(text, 'api:about.number'),
  document: about(text, 'api:about.document'),
  customer: about(text, 'api:about.customer'),
  amount: money,
  receivedOn: about(date, 'api:about.receivedOn'),
  way: about(z.enum(ReceiptWay), 'api:about.way'),
  open: about(money, 'api:about.free'),
  released: about(z.array(text), 'api:about.released'),
  recordedAt: about(moment, 'api:about.recordedAt'),
})

export const problemAnswer = z.object({
  errors: z.array(
    z.object({
      rule: about(text.nullable(), 'api:about.rule'),
      field: about(text.nullable(), 'api:about.field'),
      message: about(text, 'api:about.message'),
    }),
  ),
})

const hold = z.object({
  rule: about(text, 'api:about.rule'),
  hold: about(text, 'api:about.hold'),
  message: about(text, 'api:about.message'),
})
export const releaseAnswer = z.object({
  number: about(text, 'api:about.number'),
  document: about(text.nullable(), 'api:about.order'),
  customer: about(text, 'api:about.customer'),
  amount: money,
  goods: about(text, 'api:about.goods'),
  state: about(z.enum(ReleaseState), 'api:about.state'),
  holds: about(z.array(hold), 'api:about.holds'),
  short: about(money.nullable(), 'api:about.short'),
  shippedAmount: about(money.nullable(), 'api:about.shippedAmount'),
  requestedAt: about(moment, 'api:about.requestedAt'),
  releasedAt: about(moment.nullable(), 'api:about.releasedAt'),
  shippedAt: about(moment.nullable(), 'api:about.shippedAt'),
})
export const heldAnswer = problemAnswer.extend({ release: releaseAnswer })

export const figureAnswer = z.object({
  customer: about(text, 'api:about.customer'),
  on: about(date, 'api:about.on'),
  eligible: about(z.boolean(), 'api:about.eligible'),
  method: about(z.enum(CreditMethod), 'api:about.method'),
  limit: about(money, 'api:about.limit'),
  exposure: about(money, 'api:about.exposure'),
  available: about(money, 'api:about.available'),
  overdue: about(money, 'api:about.overdue'),
  overdueDays: about(z.number().int(), 'api:about.overdueDays'),
  conditions: z.object({
    closed: about(z.boolean(), 'api:about.closed'),
    confirmed: about(z.boolean(), 'api:about.confirmed'),
    identity: about(z.boolean(), 'api:about.identity'),
    contract: about(z.boolean(), 'api:about.contract'),
    lastYear: about(money, 'api:about.lastYear'),
  }),
  lines: z.object({
    shippedInWindow: about(money, 'api:about.shippedInWindow'),
    fixed: about(money, 'api:about.fixed'),
    owed: about(money, 'api:about.owedTotal'),
    released: about(money, 'api:about.releasedLine'),
    unallocated: about(money, 'api:about.unallocated'),
    reserved: about(money, 'api:about.reserved'),
  }),
})

/** Several at once: an outcome for each, as it would have been answered alone. */
export const listAnswer = <T extends z.ZodObject>(one: T) =>
  z.object({
    results: z.array(z.object({ status: z.number().int(), ...one.partial().shape, ...problemAnswer.partial().shape })),
  })
