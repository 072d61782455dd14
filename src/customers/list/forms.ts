import { z } from 'zod'
import {
  CustomerKind,
  CustomerLife,
  CustomerRelation,
  CustomerSource,
  CustomerStanding,
} from '../../../prisma/client/enums.ts'
import { divisionsWithin, findDivision } from '../../lib/divisions.ts'
import { listColumns, usualColumns, type ListColumn } from './listed-columns.ts'

/** CUS-07: whose data come due for verification soon or are due, and those alone whose day is past. */
export const toVerify = ['due', 'overdue'] as const

export const sorts = ['newest', 'oldest', 'name', 'name_reversed', 'changed'] as const

const provinces = divisionsWithin(null).map(({ full }) => full)
const oneOf = <const T extends string>(values: readonly T[]) =>
  z
    .enum(['', ...values])
    .optional()
    .transform((value): T | '' => (value ?? '') as T | '')
const written = (pattern: RegExp) => z.string().regex(pattern).default('')
const day = z.union([z.literal(''), z.iso.date()]).default('')
const mark = z
  .string()
  .regex(/^K\d{10}$/)
  .optional()

/** 杭州 is 杭州市; what no city is called stays as it was typed, and finds nothing. */
const city = z
  .string()
  .trim()
  .max(30)
  .default('')
  .transform((typed) => {
    const found = findDivision({ province: null, city: typed || null, district: null })
    return 'unknown' in found || !found.city || found.district ? typed : found.city
  })

/** `number.owner`, in any order; empty means the usual ones, `name` none but the name. */
const cols = z
  .string()
  .max(200)
  .default('')
  .transform((value) => value.split('.').filter((name) => name !== ''))
  .pipe(z.array(z.enum(['name', ...listColumns])))
  .transform((names): ListColumn[] | null =>
    names.length === 0 ? null : listColumns.filter((column) => names.includes(column)),
  )

/** The menu of columns sends a box for each; everything else writes `cols`. */
function fromBoxes(raw: unknown): unknown {
  const values = raw as Record<string, unknown>
  if (values['boxes'] !== 'on') return raw
  const ticked = listColumns.filter((column) => values[`col-${column}`] === 'on')
  return { ...values, cols: ['name', ...ticked].join('.') }
}

/** All state of the list is in its address; an unknown value is refused, an unknown name is not read. */
export const listQuery = z.preprocess(
  fromBoxes,
  z
    .object({
      q: z.string().max(100).default(''),
      kind: oneOf(Object.values(CustomerKind)),
      relation: oneOf(Object.values(CustomerRelation)),
      life: oneOf(Object.values(CustomerLife)),
      standing: oneOf(Object.values(CustomerStanding)),
      owner: written(/^(?:|mine|none|[A-Z][0-9A-Z]{1,19})$/),
      department: written(/^\d{0,18}$/),
      region: written(/^\d{0,18}$/),
      province: oneOf(provinces),
      city,
      source: oneOf(Object.values(CustomerSource)),
      import: written(/^(?:|I\d{10})$/),
      verify: oneOf(toVerify),
      from: day,
      to: day,
      sort: z.enum(sorts).default('newest'),
      cols,
      after: mark,
      before: mark,
    })
    .transform(({ cols: chosen, ...query }) => ({ ...query, cols: chosen ?? usualColumns(query.standing) })),
)
export type ListQuery = z.infer<typeof listQuery>
