import { z } from 'zod'
import { ItemMedium, ItemType, Retention, SecrecyLevel } from '../../../prisma/client/enums.ts'
import { placeParts } from './place.ts'
import { itemColumns, usualItemColumns, type ItemColumn } from './listed-columns.ts'

/** ARC-01: how an item stands; on loan, overdue and copied follow from the open loan and the copies out. */
export const standings = [
  'in_place',
  'on_loan',
  'overdue',
  'copied',
  'missing',
  'under_disposal',
  'disposed',
  'given_back',
] as const
export type Standing = (typeof standings)[number]

export const itemSorts = [
  'newest',
  'number',
  'number_reversed',
  'title',
  'title_reversed',
  'dated',
  'dated_reversed',
] as const
export type ItemSort = (typeof itemSorts)[number]

const oneOf = <const T extends string>(values: readonly T[]) =>
  z
    .enum(['', ...values])
    .optional()
    .transform((value): T | '' => (value ?? '') as T | '')
const written = (pattern: RegExp) => z.string().trim().regex(pattern).default('')
const day = z.union([z.literal(''), z.iso.date()]).default('')
const mark = z
  .string()
  .regex(/^DA[0-9A-Z-]{1,30}$/)
  .optional()

/** 2-4-3 however its dashes are typed; what is no place stays as it was typed, and finds nothing. */
const place = z
  .string()
  .trim()
  .max(30)
  .default('')
  .transform((typed) => (placeParts(typed) ?? [typed]).join('-'))

/** `title.place`, in any order; empty means the usual ones, `number` none but the number. */
const cols = z
  .string()
  .max(200)
  .default('')
  .transform((value) => value.split('.').filter((name) => name !== ''))
  .pipe(z.array(z.enum(['number', ...itemColumns])))
  .transform((names): ItemColumn[] =>
    names.length === 0 ? usualItemColumns : itemColumns.filter((column) => names.includes(column)),
  )

/** The menu of columns sends a box for each; everything else writes `cols`. */
function fromBoxes(raw: unknown): unknown {
  const values = raw as Record<string, unknown>
  if (values['boxes'] !== 'on') return raw
  const ticked = itemColumns.filter((column) => values[`col-${column}`] === 'on')
  return { ...values, cols: ['number', ...ticked].join('.') }
}

/** All state of the index is in its address; an unknown value is refused, an unknown name is not read. */
export const itemQuery = z.preprocess(
  fromBoxes,
  z.object({
    q: z.string().max(100).default(''),
    customer: z.string().max(100).default(''),
    type: oneOf(Object.values(ItemType)),
    secrecy: oneOf(Object.values(SecrecyLevel)),
    state: oneOf(standings),
    room: written(/^\d{0,18}$/),
    place,
    medium: oneOf(Object.values(ItemMedium)),
    keeper: written(/^(?:|mine|[A-Z][0-9A-Z]{1,19})$/),
    retention: oneOf(Object.values(Retention)),
    from: day,
    to: day,
    sort: z.enum(itemSorts).default('newest'),
    cols,
    after: mark,
    before: mark,
  }),
)
export type ItemQuery = z.infer<typeof itemQuery>
