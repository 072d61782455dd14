/** The columns there are, in the order in which they stand; the name is always the first. */
export const listColumns = [
  'number',
  'kind',
  'relation',
  'life',
  'standing',
  'owner',
  'department',
  'region',
  'phone',
  'code',
  'place',
  'source',
  'created',
  'updated',
  'aliases',
] as const
export type ListColumn = (typeof listColumns)[number]
export const usualColumns: readonly ListColumn[] = ['number', 'life', 'owner', 'phone', 'place', 'created']
