import { coverageQuery, type CoverageQuery } from './forms.ts'

const narrowing = ['owner', 'department', 'unit', 'region', 'grade'] as const
export type Narrowing = (typeof narrowing)[number]

/** What the list holds, without the place in it; what is usual is left out. */
export function fieldsOf(query: Partial<CoverageQuery>): Record<string, string> {
  const { rule = 'grade_a', span = 'month' } = query
  const conditions = narrowing.map((name) => [name, query[name] ?? ''] as const)
  const all = [['rule', rule === 'grade_a' ? '' : rule], ['span', span === 'month' ? '' : span], ...conditions] as const
  return Object.fromEntries(all.filter(([, value]) => value !== ''))
}

export function listAddress(
  query: Partial<CoverageQuery>,
  more: Record<string, string> = {},
  path = '/coverage',
): string {
  const search = new URLSearchParams({ ...fieldsOf(query), ...more })
  return search.size > 0 ? `${path}?${search}` : path
}

export const narrowedBy = (query: CoverageQuery): Narrowing[] => narrowing.filter((name) => query[name] !== '')

/** The list with nothing asked of it but the rule and the span. */
export const bare = ({ rule, span }: CoverageQuery): CoverageQuery => coverageQuery.parse({ rule, span })
