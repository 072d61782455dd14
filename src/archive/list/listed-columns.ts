/** The columns there are, in the order in which they stand; the number with its mark is always the first. */
export const itemColumns = [
  'title',
  'customer',
  'type',
  'state',
  'place',
  'pages',
  'copies',
  'dated',
  'medium',
  'keeper',
  'volume',
  'retention',
  'retainUntil',
  'remark',
] as const
export type ItemColumn = (typeof itemColumns)[number]

/** What is shown until somebody chooses. */
export const usualItemColumns: ItemColumn[] = ['title', 'customer', 'type', 'state', 'place', 'dated', 'keeper']
