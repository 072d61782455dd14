import { itemQuery, type ItemQuery } from './forms.ts'
import { usualItemColumns } from './listed-columns.ts'

export type { ItemQuery }

/** What narrows the index, in the order in which it is shown. */
export const conditionNames = [
  'q',
  'customer',
  'type',
  'secrecy',
  'state',
  'room',
  'place',
  'medium',
  'keeper',
  'retention',
  'from',
  'to',
] as const
export type ConditionName = (typeof conditionNames)[number]

/** What the index holds, in what order and with which columns: as an address, without the place in it. */
export function fieldsOf(query: ItemQuery): Record<string, string> {
  const conditions = conditionNames.map((name) => [name, query[name]] as const).filter(([, value]) => value !== '')
  return {
    ...Object.fromEntries(conditions),
    ...(query.sort === 'newest' ? {} : { sort: query.sort }),
    ...(String(query.cols) === String(usualItemColumns) ? {} : { cols: ['number', ...query.cols].join('.') }),
  }
}

export function searchOf(query: ItemQuery, change: Record<string, string> = {}): string {
  const fields = Object.entries({ ...fieldsOf(query), ...change }).filter(([, value]) => value !== '')
  return new URLSearchParams(fields).toString()
}

export function indexAddress(query: ItemQuery, change: Record<string, string> = {}): string {
  const search = searchOf(query, change)
  return search ? `/archive?${search}` : '/archive'
}

/** Reads an address of the index back; null when it is none. A name written twice is none. */
export function readSearch(search: string): ItemQuery | null {
  const pairs = [...new URLSearchParams(search)]
  const values = Object.fromEntries(pairs)
  if (Object.keys(values).length !== pairs.length || /\0/.test(search) || /%00/.test(search)) return null
  const { success, data } = itemQuery.safeParse(values)
  return success ? { ...data, after: undefined, before: undefined } : null
}

export function isNarrowed(query: ItemQuery): boolean {
  return conditionNames.some((name) => query[name] !== '')
}
