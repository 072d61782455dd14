import { listAddresses } from '../../../web/lists.ts'
import { releaseListQuery, type ReleaseListQuery } from './forms.ts'

export type { ReleaseListQuery }

/** What narrows the list, in the order in which it is shown; the state is its tab. */
export const conditionNames = [
  'q',
  'whose',
  'hold',
  'waits',
  'from',
  'to',
  'owner',
  'department',
  'region',
  'customer',
] as const
export type ConditionName = (typeof conditionNames)[number]

export const valueOf = (query: ReleaseListQuery, name: ConditionName): string => query[name]

/** What the list holds and in what order: as an address, without the place in it. */
export function fieldsOf(query: ReleaseListQuery): Record<string, string> {
  const conditions = conditionNames.map((name) => [name, valueOf(query, name)] as const)
  const all = [['state', query.state] as const, ...conditions, ['sort', query.sort] as const]
  return Object.fromEntries(all.filter(([, value]) => value !== ''))
}

export const { searchOf, listAddress, readSearch } = listAddresses<ReleaseListQuery>(
  '/releases',
  fieldsOf,
  releaseListQuery as never,
)

export const isNarrowed = (query: ReleaseListQuery): boolean =>
  conditionNames.some((name) => valueOf(query, name) !== '')
