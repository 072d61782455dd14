import type { Language, Translate } from '../i18n.ts'
import { translate } from '../i18n.ts'
import type { Range } from '../regulations/parameters.ts'
import { numberOf, weekdayOf, type Calendar } from './week.ts'

type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

export function weekdayText(t: Translate, day: string): string {
  return t(`calendar:weekday.${weekdayOf(day) as Weekday}`)
}

/** 2026-11-24 周二 */
export function dayText(t: Translate, day: string): string {
  return t('calendar:day', { day, weekday: weekdayText(t, day) })
}

/** 02-15 周日 – 02-23 周一; one day by itself. The year is written where it is not the one in view. */
export function spanText(t: Translate, { from, until }: { from: string; until: string }, year = ''): string {
  const text = (day: string) =>
    t('calendar:day', { day: day.startsWith(`${year}-`) ? day.slice(5) : day, weekday: weekdayText(t, day) })
  return from === until ? text(from) : `${text(from)} – ${text(until)}`
}

/** 周一至周五; days that do not follow each other one by one. */
export function weekdaysText(t: Translate, { weekdays }: Pick<Calendar, 'weekdays'>): string {
  const days = [...weekdays].toSorted((a, b) => a - b) as Weekday[]
  const word = (day: Weekday) => t(`calendar:weekday.${day}`)
  const row = days.length > 2 && days.at(-1)! - days[0]! === days.length - 1
  return row
    ? t('calendar:span', { from: word(days[0]!), until: word(days.at(-1)!) })
    : days.map(word).join(t('calendar:comma'))
}

/** 08:30–12:00、13:00–17:30 */
export function rangesText(t: Translate, ranges: readonly Range[]): string {
  return ranges.map(({ from, until }) => `${clockText(from)}–${clockText(until)}`).join(t('calendar:comma'))
}

export function clockText(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
}

const holidays = [
  'newYear',
  'springFestival',
  'tombSweeping',
  'labour',
  'dragonBoat',
  'midAutumn',
  'national',
  'nationalMidAutumn',
] as const
const byName = new Map(holidays.map((one) => [translate.zh(`calendar:holiday.${one}`), one]))

/** The state's holidays are known in both languages; what a company calls its own days is left as it is. */
export function nameText(t: Translate, name: string): string {
  const holiday = byName.get(name)
  return holiday ? t(`calendar:holiday.${holiday}`) : name
}

/** 3 小时 25 分 */
export function lengthText(t: Translate, minutes: number): string {
  const [h, m] = [Math.floor(minutes / 60), Math.floor(minutes % 60)]
  if (h === 0) return t('calendar:length.m', { m })
  return m === 0 ? t('calendar:length.h', { h }) : t('calendar:length.hm', { h, m })
}

/** 3 月, March */
export function monthText(language: Language, month: number): string {
  if (language === 'zh') return translate.zh('calendar:month', { n: month })
  return new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(
    numberOf(`2026-${String(month).padStart(2, '0')}-01`) * 86_400_000,
  )
}
