import { listQuery, type ListQuery } from './forms.ts'
import { usualColumns } from './listed-columns.ts'

export type { ListQuery }

/** What narrows the list, in the order in which it is shown. */
export const conditionNames = [
  'q',
  'kind',
  'relation',
  'life',
  'standing',
  'owner',
  'department',
  'region',
  'province',
  'city',
  'source',
  'import',
  'verify',
  'from',
  'to',
] as const
export type ConditionName = (typeof conditionNames)[number]

/** What the list holds, in what order and with which columns: as an address, without the place in it. */
export function fieldsOf(query: ListQuery): Record<string, string> {
  const conditions = conditionNames.map((name) => [name, query[name]] as const).filter(([, value]) => value !== '')
  return {
    ...Object.fromEntries(conditions),
    ...(query.sort === 'newest' ? {} : { sort: query.sort }),
    ...(String(query.cols) === String(usualColumns(query.standing)) ? {} : { cols: ['name', ...query.cols].join('.') }),
  }
}

export function searchOf(query: ListQuery, change: Record<string, string> = {}): string {
  const fields = Object.entries({ ...fieldsOf(query), ...change }).filter(([, value]) => value !== '')
  return new URLSearchParams(fields).toString()
}

export function listAddress(query: ListQuery, change: Record<string, string> = {}): string {
  const search = searchOf(query, change)
  return search ? `/customers?${search}` : '/customers'
}

/** Reads a list's address back; null when it is none. A name written twice is none. */
export function readSearch(search: string): ListQuery | null {
  const pairs = [...new URLSearchParams(search)]
  const values = Object.fromEntries(pairs)
  if (Object.keys(values).length !== pairs.length || /\0/.test(search) || /%00/.test(search)) return null
  const { success, data } = listQuery.safeParse(values)
  return success ? { ...data, after: undefined, before: undefined } : null
}

export function isNarrowed(query: ListQuery): boolean {
  return conditionNames.some((name) => query[name] !== '')
}
