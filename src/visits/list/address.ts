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

export function searchOf(query: VisitListQuery, change: Record<string, string> = {}): string {
  const fields = Object.entries({ ...fieldsOf(query), ...change }).filter(([, value]) => value !== '')
  return new URLSearchParams(fields).toString()
}

export function listAddress(query: VisitListQuery, change: Record<string, string> = {}): string {
  const search = searchOf(query, change)
  return search ? `/visits?${search}` : '/visits'
}

/** Reads a list's address back; null when it is none. A name written twice is none. */
export function readSearch(search: string): VisitListQuery | null {
  const pairs = [...new URLSearchParams(search)]
  const values = Object.fromEntries(pairs)
  if (Object.keys(values).length !== pairs.length || /\0/.test(search) || /%00/.test(search)) return null
  const { success, data } = visitListQuery.safeParse(values)
  return success ? { ...data, after: undefined, before: undefined } : null
}

export const isNarrowed = (query: VisitListQuery): boolean => conditionNames.some((name) => valueOf(query, name) !== '')
