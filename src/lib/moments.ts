import { dayStart } from './dates.ts'

// As the browser's field sends it: 2026-11-24T14:05
const written = /^(20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[T ]([01]\d|2[0-3]):([0-5]\d)(?::\d\d)?$/

/** The moment that a person wrote by the company's wall clock; null where it is none. */
export function momentOf(value: string): Date | null {
  const [, day, hours, minutes] = written.exec(value.trim()) ?? []
  // 02-30 is written like a day, and is none.
  if (!day || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day) return null
  return new Date(dayStart(day).getTime() + (Number(hours) * 60 + Number(minutes)) * 60_000)
}
