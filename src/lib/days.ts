/** A date column holds the day alone; the client takes it from midnight UTC: 2026-11-22 */
export const dayOf = (day: string): Date => new Date(`${day}T00:00:00.000Z`)

/** The way back. */
export const dayText = (day: Date): string => day.toISOString().slice(0, 10)
