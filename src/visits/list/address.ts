import { listAddresses } from '../../web/lists.ts'
import { visitListQuery, type VisitListQuery } from './forms.ts'

export type { VisitListQuery }

/** What narrows the list, in the order in which it is shown. */
export const conditionNames = [
  'q',
  'state',
  'standing',
  'report',
  'month',
  'from',
  'to',
  'owner',
  'department',
  'unit',
  'region',
  'customer',
  'grade',
  'target',
  'purpose',
  'unplanned',
  'confirmed',
  'reached',
  'costs',
  'gift',
  'reach',
] as const
export type ConditionName = (typeof conditionNames)[number]

/** A condition as it stands in an address. */
export function valueOf(query: VisitListQuery, name: ConditionName): string {
  const value = query[name]
  return typeof value === 'string' ? value : value.join('.')
}

/** What the list holds and in what order: as an address, without the place in it. */
export function fieldsOf(query: VisitListQuery): Record<string, string> {
  const conditions = conditionNames.map((name) => [name, valueOf(query, name)] as const)
  const all = [['scope', query.scope] as const, ...conditions, ['sort', query.sort] as const]
  return Object.fromEntries(all.filter(([, value]) => value !== ''))
}

export const { searchOf, listAddress, readSearch } = listAddresses<VisitListQuery>('/visits', fieldsOf, visitListQuery)

export const isNarrowed = (query: VisitListQuery): boolean => conditionNames.some((name) => valueOf(query, name) !== '')
