import { listAddresses } from '../../web/lists.ts'
import { complaintListQuery, type ComplaintListQuery } from './forms.ts'

export type { ComplaintListQuery }

/** What narrows the list, in the order in which it is shown. */
export const conditionNames = [
  'q',
  'state',
  'kind',
  'level',
  'channel',
  'cause',
  'outcome',
  'founded',
  'department',
  'unit',
  'owner',
  'taker',
  'person',
  'customer',
  'group',
  'from',
  'to',
  'closedFrom',
  'closedTo',
  'due',
  'breached',
  'breachedOf',
  'breachedFrom',
  'breachedTo',
  'escalated',
  'escalatedFrom',
  'escalatedTo',
  'reopened',
  'reopenedFrom',
  'reopenedTo',
  'paused',
  'pausedFrom',
  'pausedTo',
  'satisfaction',
  'compensation',
  'reach',
] as const
export type ConditionName = (typeof conditionNames)[number]

/** A condition as it stands in an address. */
export function valueOf(query: ComplaintListQuery, name: ConditionName): string {
  const value = query[name]
  return typeof value === 'string' ? value : value.join('.')
}

/** What the list holds and in what order: as an address, without the place in it. */
export function fieldsOf(query: ComplaintListQuery): Record<string, string> {
  const conditions = conditionNames.map((name) => [name, valueOf(query, name)] as const)
  const all = [['scope', query.scope] as const, ...conditions, ['sort', query.sort] as const]
  return Object.fromEntries(all.filter(([, value]) => value !== ''))
}

export const { searchOf, listAddress, readSearch } = listAddresses<ComplaintListQuery>(
  '/complaints',
  fieldsOf,
  complaintListQuery,
)

export function isNarrowed(query: ComplaintListQuery): boolean {
  return conditionNames.some((name) => valueOf(query, name) !== '')
}
