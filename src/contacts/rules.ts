import { LunarDay, LunarMonth, LunarYear, SolarDay, SolarMonth } from 'tyme4ts'
import type { BirthCalendar } from '../../prisma/client/enums.ts'
import type { Refusal } from '../lib/refused.ts'
import { cleanText } from '../lib/text.ts'

/** A birthday as people know it, often without the year; a leap month is a lunar one. */
export type Birthday = {
  calendar: BirthCalendar
  year: number | null
  month: number
  day: number
  leap: boolean
}

/** Reads 1988-03-05, 3-5, 1988年3月5日, 闰2-3, leap 2-3, 八月十五, 农历腊月廿三; words of one calendar decide which it is. */
export function readBirthday(raw: string, calendar: BirthCalendar | null): Birthday | null {
  const typed = cleanText(raw).replace(/\s*([-/.年月])\s*/gu, '$1')
  const [prefix = ''] = /^(?:农历|阴历|旧历|公历|阳历|新历|lunar|solar)[:：\s]*/iu.exec(typed) ?? []
  const text = typed.slice(prefix.length)
  const [, years, leap, months, days] = withDashes.exec(text) ?? inWords.exec(text) ?? compact.exec(text) ?? []
  if (!months || !days) return null
  const lunar = leap || /^[农阴旧l]/iu.test(prefix) || /[初廿卅正冬腊]/u.test(text)
  const solar = /^[公阳新s]/iu.test(prefix)
  return {
    calendar: lunar ? 'lunar' : solar ? 'solar' : (calendar ?? 'solar'),
    year: years ? Number(digitsOf(years)) : null,
    month: numberIn(months),
    day: numberIn(days),
    leap: Boolean(leap),
  }
}

/** CARE-01: a birthday must be a day that there is, and not one to come. */
export function birthdayProblems(birthday: Birthday, today: string): Refusal[] {
  const { calendar, year, month, day, leap } = birthday
  const refuse = (reason: Refusal['reason'], params?: Refusal['params']): Refusal[] => [
    { rule: 'CARE-01', reason, field: 'birthday', ...(params ? { params } : {}) },
  ]
  if (year !== null && (year < 1850 || year > Number(today.slice(0, 4)))) return refuse('contacts:refused.birthYear')
  if (month < 1 || month > 12) return refuse('contacts:refused.birthDate')
  if (leap && year !== null && LunarYear.fromYear(year).getLeapMonth() !== month)
    return refuse('contacts:refused.birthLeap', { year, month })
  const days = calendar === 'solar' ? daysOfSolar(year ?? 2000, month) : daysOfLunar(year, month, leap)
  if (day < 1 || day > days) return refuse('contacts:refused.birthDate')
  return year !== null && inYear(birthday, year) > today ? refuse('contacts:refused.birthFuture') : []
}

/** As it is typed and kept in the trail: 1988-03-05, 03-05, 1987-闰6-15, 8-15. */
export function birthdayText({ calendar, year, month, day, leap }: Birthday): string {
  const two = (value: number) => (calendar === 'solar' ? String(value).padStart(2, '0') : String(value))
  return `${year === null ? '' : `${year}-`}${leap ? '闰' : ''}${two(month)}-${two(day)}`
}

/** 闰六月十五 */
export function lunarDayName({ month, day, leap }: Birthday): string {
  return `${leap ? '闰' : ''}${LunarMonth.NAMES[month - 1]}${LunarDay.NAMES[day - 1]}`
}

/**
 * CARE-01: the day, by the common calendar, on which the birthday is next kept; today counts. A day that a year does not
 * have is kept on the last one of that month, a leap month that it does not have in the plain one.
 */
export function nextBirthday(birthday: Birthday, today: string): string {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number)
  const first = birthday.calendar === 'solar' ? year : SolarDay.fromYmd(year, month, day).getLunarDay().getYear()
  const found = inYear(birthday, first)
  return found >= today ? found : inYear(birthday, first + 1)
}

/** Where the birthday falls in a year of its own calendar. */
function inYear({ calendar, month, day, leap }: Birthday, year: number): string {
  if (calendar === 'solar') return dateOf(year, month, Math.min(day, daysOfSolar(year, month)))
  const here = leap && LunarYear.fromYear(year).getLeapMonth() === month ? -month : month
  const found = LunarDay.fromYmd(year, here, Math.min(day, LunarMonth.fromYm(year, here).getDayCount())).getSolarDay()
  return dateOf(found.getYear(), found.getMonth(), found.getDay())
}

const daysOfSolar = (year: number, month: number) => SolarMonth.fromYm(year, month).getDayCount()
const daysOfLunar = (year: number | null, month: number, leap: boolean) =>
  year === null ? 30 : LunarMonth.fromYm(year, leap ? -month : month).getDayCount()

const dateOf = (year: number, month: number, day: number) =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

const one = '一二三四五六七八九'
const withDashes = /^(?:(\d{4})[-/.])?(闰|leap\s*)?(\d{1,2})[-/.](\d{1,2})$/iu
const compact = /^(\d{4})()(\d{2})(\d{2})$/u
const inWords = new RegExp(
  `^(?:(\\d{4}|[〇零${one}]{4})年)?(闰)?(正|冬|腊|十[一二]?|[${one}]|\\d{1,2})月` +
    `(初?[${one}十]|[二三]?十[${one}]?|[廿卅][${one}]?|\\d{1,2})[日号]?$`,
  'u',
)

const digitsOf = (text: string) =>
  text.replace(/[〇零]/gu, '0').replace(/[一-龥]/gu, (character) => String(one.indexOf(character) + 1))

/** 正 1, 冬 11, 腊 12, 初三 3, 十五 15, 廿三 23, 卅 30. */
function numberIn(text: string): number {
  if (/^\d+$/u.test(text)) return Number(text)
  const month = { 正: 1, 冬: 11, 腊: 12 }[text]
  if (month) return month
  const plain = text.replace('初', '').replace('廿', '二十').replace('卅', '三十')
  const [tens, units] = plain.includes('十') ? plain.split('十') : ['0', plain]
  const value = (part: string | undefined) => one.indexOf(part!) + 1
  if (tens === '0') return value(units) || 10
  return (tens ? value(tens) : 1) * 10 + (units ? value(units) : 0)
}
