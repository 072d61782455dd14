import { translate, type Language, type Translate } from '../i18n.ts'
import type { Arranged } from './queries.ts'
import { monthText, nameText } from './texts.ts'
import { isWorkingDay, numberOf, textOf, weekdayOf, workingDaysFrom, type Calendar } from './week.ts'

export type Cell = {
  day: string
  number: number
  /** Plain working days and weekends have no mark. */
  kind: 'working' | 'rest' | 'statutoryOff' | 'statutoryOn' | 'companyOff' | 'companyOn'
  mark: string
  about: string
  today: boolean
  href: string | null
}
export type Month = { id: string; title: string; workingDays: string; weeks: (Cell | null)[][] }

type Sight = {
  language: Language
  calendar: Calendar
  arranged: readonly Arranged[]
  today: string
  mayManage: boolean
}

/** A year at a glance: every day says by its mark, and not by colour alone, how it differs from its weekday. */
export const monthsOf = (year: number, sight: Sight): Month[] =>
  Array.from({ length: 12 }, (_, index) => monthOf(year, index + 1, sight))

/** One of them, from 1. */
export function monthOf(year: number, month: number, sight: Sight): Month {
  const t = translate[sight.language]
  const days = daysOfMonth(year, month)
  // The company's word comes last, and counts.
  const byDay = new Map(sight.arranged.map((one) => [one.day, one]))
  const n = workingDaysFrom(sight.calendar, days[0]!, days.at(-1)!)
  return {
    id: `month-${month}`,
    title: monthText(sight.language, month),
    workingDays: t('calendar:workingDays', { n }),
    weeks: inWeeks(days.map((day) => cellOf(t, day, byDay.get(day), sight))),
  }
}

function cellOf(
  t: Translate,
  day: string,
  arranged: Arranged | undefined,
  { calendar, today, mayManage }: Sight,
): Cell {
  const kind = arranged
    ? (`${arranged.origin}${arranged.working ? 'On' : 'Off'}` as const)
    : isWorkingDay(calendar, day)
      ? 'working'
      : 'rest'
  const marked = kind !== 'working' && kind !== 'rest'
  const href = arranged ? `/calendar/days/${day}/${arranged.origin}` : `/calendar/days?day=${day}`
  return {
    day,
    number: Number(day.slice(8)),
    kind,
    mark: marked ? t(`calendar:mark.${kind}`) : '',
    about: nameText(t, arranged?.name ?? ''),
    today: day === today,
    href: mayManage && (day >= today || arranged) ? href : null,
  }
}

function daysOfMonth(year: number, month: number): string[] {
  const first = numberOf(`${year}-${String(month).padStart(2, '0')}-01`)
  const next =
    month === 12 ? numberOf(`${year + 1}-01-01`) : numberOf(`${year}-${String(month + 1).padStart(2, '0')}-01`)
  return Array.from({ length: next - first }, (_, n) => textOf(first + n))
}

function inWeeks(cells: Cell[]): (Cell | null)[][] {
  const lead = Array.from({ length: weekdayOf(cells[0]!.day) - 1 }, () => null)
  const all = [...lead, ...cells]
  const tail = Array.from({ length: (7 - (all.length % 7)) % 7 }, () => null)
  const whole = [...all, ...tail]
  return Array.from({ length: whole.length / 7 }, (_, week) => whole.slice(week * 7, week * 7 + 7))
}
