import type { Calendar } from '../../src/calendar/reckoning.ts'
import { statutoryYears } from '../../src/calendar/statutory.ts'

const known = statutoryYears()

const clock = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
const rangesOf = (text: string) =>
  text.split(' ').map((part) => ({ from: clock(part.slice(0, 5)), until: clock(part.slice(6)) }))

/** Monday to Friday with the state's arrangements, as the product comes. */
export function office(hours = '08:30-17:30', change: Partial<Calendar> = {}): Calendar {
  const days = [...known.values()].flat().map(({ day, working, name }) => [day, { working, name }] as const)
  return {
    weekdays: new Set([1, 2, 3, 4, 5]),
    ranges: rangesOf(hours),
    days: new Map(days),
    years: new Set(known.keys()),
    ...change,
  }
}

/** By the company's wall clock: 2026-02-13 10:00 */
export const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
