/** REL-01: the clock of a month's contact record is its person's and the month's. */
export const clockSubject = (ownerId: bigint | string, month: string): string => `contact_month_of:${ownerId}:${month}`
