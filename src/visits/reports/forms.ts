import { z } from 'zod'
import { isDay } from '../../calendar/week.ts'
import { GiftOutcome, MarketNoteKind, PurposeReached, SpendingKind } from '../../../prisma/client/enums.ts'
import { yuanOf } from '../../lib/money.ts'
import { longestAbout, longestNote } from '../../market-notes/rules.ts'
import { longestPromise } from '../../promises/rules.ts'
import { checkbox, money, optionalChoice, optionalText, text, version } from '../../web/fields.ts'
import { isNumbered, longestSection, rowNumbers, type RowKind } from './fields.ts'
import { gathered, type Sent } from './gathering.ts'

const values = <T extends Record<string, string>>(of: T) => Object.values(of) as [T[keyof T], ...T[keyof T][]]
const section = () => text({ max: longestSection })
/** 2026-11-30, or nothing. */
const day = () =>
  optionalText({ max: 10 }).refine((value) => value === null || isDay(value), {
    error: 'web:field.malformed',
  })

const ofRow = {
  person: (n: number) => ({
    [`personName${n}`]: optionalText({ max: 60 }),
    [`personPost${n}`]: optionalText({ max: 60 }),
    [`personPhone${n}`]: optionalText({ max: 200 }),
    [`personKeep${n}`]: checkbox(),
  }),
  cost: (n: number) => ({
    [`costKind${n}`]: optionalChoice(values(SpendingKind)),
    [`costWhat${n}`]: optionalText({ max: 100 }),
    [`costAmount${n}`]: money(),
  }),
  gift: (n: number) => ({
    [`giftWhat${n}`]: optionalText({ max: 100 }),
    [`giftBy${n}`]: optionalText({ max: 60 }),
    [`giftWorth${n}`]: money(),
    [`giftOutcome${n}`]: optionalChoice(values(GiftOutcome)),
    [`giftNote${n}`]: optionalText({ max: 300 }),
  }),
  promise: (n: number) => ({
    [`promiseWhat${n}`]: optionalText({ max: longestPromise }),
    [`promiseOwner${n}`]: optionalText({ max: 60 }),
    [`promiseDue${n}`]: day(),
    [`promiseTo${n}`]: optionalText({ max: 60 }),
  }),
  note: (n: number) => ({
    [`noteKind${n}`]: optionalChoice(values(MarketNoteKind)),
    [`noteAbout${n}`]: optionalText({ max: longestAbout }),
    [`noteText${n}`]: optionalText({ max: longestNote }),
  }),
} satisfies Record<RowKind, (n: number) => Record<string, z.ZodType>>

const rows = Object.assign(
  {},
  ...(Object.keys(ofRow) as RowKind[]).flatMap((kind) => rowNumbers(kind).map((n) => ofRow[kind](n))),
) as Record<string, z.ZodType<string | boolean | null>>

const fixed = {
  version: version(),
  reached: optionalChoice(values(PurposeReached)),
  content: section(),
  findings: section(),
  feedback: section(),
  competitors: section(),
  nextStep: section(),
  nextOn: day(),
  colleagues: optionalText({ max: 300 }),
  contractSigned: checkbox(),
  contractSum: money(),
  moneyTaken: money(),
  nextVisitOn: day(),
  factPhone: optionalText({ max: 200 }),
  factAddress: optionalText({ max: 200 }),
  shownPhone: optionalText({ max: 200 }),
  shownAddress: optionalText({ max: 200 }),
  distinction: optionalText({ max: 200 }),
  seen: optionalText({ max: 100 }),
}

/** What is named after a record is as long as any of them may be; money reads as money. */
const longestOther = 2000

export const reportForm = z
  .object({ ...fixed, ...rows })
  .catchall(z.string().max(longestOther, { error: 'web:field.tooLong' }))
  .superRefine((sent, context) => {
    for (const [name, value] of Object.entries(sent)) {
      if (name in fixed || name in rows) continue
      const problem = (message: string) => context.addIssue({ code: 'custom', path: [name], message, params: { name } })
      if (!isNumbered(name)) problem('web:field.unknown')
      else if (name.startsWith('actual-') && String(value).trim() !== '' && yuanOf(String(value)) === null)
        problem('web:field.money')
    }
  })
  .transform((sent) => gathered(sent as Sent))
export type ReportInput = z.infer<typeof reportForm>

export const reviewForm = z.strictObject({
  decision: z.enum(['read', 'return'], { error: 'web:field.choose' }),
  reason: optionalText({ max: 1000 }),
  version: version(),
})
export type Review = z.infer<typeof reviewForm>

export const reportTabs = ['due', 'waiting', 'reviewed'] as const
export type ReportTab = (typeof reportTabs)[number]

export const listQuery = z.object({
  tab: z.enum(reportTabs).optional(),
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
})
export type ListQuery = z.infer<typeof listQuery>

/** So many at once. */
export const mostTogether = 200

/** BF2026000001=3: the version of the report that was seen. */
export const readingForm = z
  .record(z.string(), z.string())
  .transform((sent) =>
    Object.entries(sent).flatMap(([number, seen]) =>
      /^BF\d{10,}$/.test(number) && /^\d{1,9}$/.test(seen) ? [{ number, version: Number(seen) }] : [],
    ),
  )
  .refine((ticked) => ticked.length <= mostTogether, { error: 'web:field.tooLong', params: { max: mostTogether } })
export type Ticked = z.infer<typeof readingForm>
