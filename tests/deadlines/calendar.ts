import type { Calendar } from '../../src/calendar/reckoning.ts'

const off = (name: string, ...days: string[]) => days.map((day) => [day, { working: false, name }] as const)
const on = (name: string, ...days: string[]) => days.map((day) => [day, { working: true, name }] as const)

/** 08:30–17:30, Monday to Friday; Spring Festival of 2026 with its working Saturdays, and New Year. */
export const office: Calendar = {
  weekdays: new Set([1, 2, 3, 4, 5]),
  ranges: [{ from: 8.5 * 60, until: 17.5 * 60 }],
  days: new Map<string, { working: boolean; name: string }>([
    ...off('元旦', '2026-01-01', '2026-01-02'),
    ...on('元旦', '2026-01-04'),
    ...on('春节', '2026-02-14', '2026-02-28'),
    ...off('春节', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-02-23'),
  ]),
  years: new Set([2026]),
}

/** By the company's clock: 2026-11-24 10:00 */
export const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
