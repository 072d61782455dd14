/** How many rows of a kind the form has; what does not fit is added by correcting the report. */
export const rowsOf = { person: 3, cost: 3, gift: 2, promise: 4, note: 4 } as const
export type RowKind = keyof typeof rowsOf

export const rowNumbers = (kind: RowKind): number[] => Array.from({ length: rowsOf[kind] }, (_, at) => at + 1)

/** The sections that every report has (VIS-06, wish 42). */
export const sectionNames = ['content', 'findings', 'feedback', 'competitors', 'nextStep'] as const
export const longestSection = 2000

/** Fields with the number of a record in their name: who was met, what was spent, what was asked. */
export const numbered = ['met', 'with', 'actual', 'answer'] as const
/** Of a contact, as shown and as typed. */
export const ofContacts = ['contactPost', 'contactPhones', 'shownPost', 'shownPhones'] as const
export const isNumbered = (name: string): boolean =>
  new RegExp(`^(?:${[...numbered, ...ofContacts].join('|')})-\\d{1,18}$`).test(name) || isTick(name)
/** VIS-08: 核对一致. */
export const isTick = (name: string): boolean => /^verify-(?:reach|contact-\d{1,18})$/.test(name)
