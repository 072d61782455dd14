import { listAddresses } from '../../web/lists.ts'
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

export const { searchOf, listAddress, readSearch } = listAddresses<ListQuery>('/customers', fieldsOf, listQuery)

export function isNarrowed(query: ListQuery): boolean {
  return conditionNames.some((name) => query[name] !== '')
}
