import { listAddresses } from '../../web/lists.ts'
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

export const {
  searchOf,
  listAddress: indexAddress,
  readSearch,
} = listAddresses<ItemQuery>('/archive', fieldsOf, itemQuery)

export function isNarrowed(query: ItemQuery): boolean {
  return conditionNames.some((name) => query[name] !== '')
}
