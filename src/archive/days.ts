/** A date column holds the day alone; the client takes it from midnight UTC. */
export const dayOrNull = (day: string | null): Date | null => (day === null ? null : new Date(`${day}T00:00:00.000Z`))

/** 2026-11-22 of such a column. */
export const dayText = (day: Date | null): string => day?.toISOString().slice(0, 10) ?? ''
