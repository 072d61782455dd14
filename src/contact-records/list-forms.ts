import { z } from 'zod'
import { ContactRecordWay } from '../../prisma/client/enums.ts'

/** Whose: of everybody one sees, of one's department, one's own. */
export const tabs = ['mine', 'department', 'all'] as const
export type Tab = (typeof tabs)[number]

const month = z.string().regex(/^(?:|20\d\d-(?:0[1-9]|1[0-2]))$/)
const mark = z
  .string()
  .regex(/^\d{1,15}\.\d{1,18}$/)
  .optional()

export const recordListQuery = z.object({
  tab: z.enum(tabs).default('mine'),
  /** Number, customer, what was said. */
  q: z.string().max(100).default(''),
  way: z.enum(['', ...Object.values(ContactRecordWay)]).default(''),
  formal: z.enum(['', 'yes', 'no']).default(''),
  late: z.enum(['', 'yes', 'no']).default(''),
  owner: z
    .string()
    .regex(/^(?:|[A-Z][0-9A-Z]{1,19})$/)
    .default(''),
  month: month.default(''),
  customer: z
    .string()
    .regex(/^(?:|K\d{10})$/)
    .default(''),
  after: mark,
  before: mark,
})
export type RecordListQuery = z.infer<typeof recordListQuery>

const narrowing = ['q', 'way', 'formal', 'late', 'owner', 'month', 'customer'] as const

export function fieldsOf(query: Partial<RecordListQuery>): Record<string, string> {
  const all = [
    ['tab', query.tab === 'mine' ? '' : (query.tab ?? '')],
    ...narrowing.map((name) => [name, query[name] ?? '']),
  ] as const
  return Object.fromEntries(all.filter(([, value]) => value !== ''))
}

export function listAddress(
  query: Partial<RecordListQuery>,
  more: Record<string, string> = {},
  path = '/contact-records',
) {
  const search = new URLSearchParams({ ...fieldsOf(query), ...more })
  return search.size > 0 ? `${path}?${search}` : path
}

export const isNarrowed = (query: RecordListQuery): boolean => narrowing.some((name) => query[name] !== '')
