import { LegalHoliday, SolarMonth } from 'tyme4ts'
import { textOf, numberOf } from './week.ts'

export type StatutoryDay = { day: string; working: boolean; name: string }

/** Older years are past: nothing that runs reaches back to them. */
const first = 2020

// As the State Council's notice names them where the library is brief.
const names: Record<string, string> = { 国庆中秋: '国庆节、中秋节', 抗战胜利日: '抗战胜利纪念日' }

/** The State Council's arrangements that the product came with: years, and of each every day it names. */
export function statutoryYears(): Map<number, StatutoryDay[]> {
  const years = new Map<number, StatutoryDay[]>()
  for (let year = first; ; year++) {
    const days = arrangementOf(year)
    if (days.length === 0) return years
    years.set(year, days)
  }
}

function arrangementOf(year: number): StatutoryDay[] {
  return Array.from({ length: 12 }, (_, month) => daysOf(year, month + 1)).flat()
}

function daysOf(year: number, month: number): StatutoryDay[] {
  const firstOfMonth = numberOf(`${year}-${String(month).padStart(2, '0')}-01`)
  return Array.from({ length: SolarMonth.fromYm(year, month).getDayCount() }, (_, day) => {
    const holiday = LegalHoliday.fromYmd(year, month, day + 1)
    const name = holiday?.getName() ?? ''
    return holiday ? [{ day: textOf(firstOfMonth + day), working: holiday.isWork(), name: names[name] ?? name }] : []
  }).flat()
}
