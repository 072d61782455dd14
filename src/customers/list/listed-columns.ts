/** The columns there are, in the order in which they stand; the name is always the first. */
export const listColumns = [
  'number',
  'kind',
  'relation',
  'life',
  'standing',
  'due',
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

/** What is shown until somebody chooses; who waits for confirmation, with its clock (CUS-05). */
export function usualColumns(standing: string): ListColumn[] {
  return standing === 'provisional' ? ['number', 'life', 'due', ...others] : ['number', 'life', ...others]
}
const others: ListColumn[] = ['owner', 'phone', 'place', 'created']
