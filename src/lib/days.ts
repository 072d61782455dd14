import { dateText } from './dates.ts'

/** A date column holds the day alone; the client takes it from midnight UTC: 2026-11-22, or the company's day of a moment. */
export const dayOf = (day: string | Date): Date =>
  new Date(`${typeof day === 'string' ? day : dateText(day)}T00:00:00.000Z`)

export const dayOrNull = (day: string | null): Date | null => (day === null ? null : dayOf(day))

/** The way back; nothing for no day. */
export const dayText = (day: Date | null): string => day?.toISOString().slice(0, 10) ?? ''

/** As people and programs write a day: 2026-11-22 for 2026/11/22, 2026年11月22日, 20261122 or 2026-11-22 10:30; null for what is none. */
export function dayWritten(text: string): string | null {
  const plain = text.replace(/[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?$/u, '')
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u.exec(plain) ?? /^(\d{4})(\d{2})(\d{2})$/u.exec(plain)
  const [, year, month, day] = found ?? []
  if (!year || !month || !day) return null
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = new Date(`${iso}T00:00:00.000Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== iso ? null : iso
}
