import { Temporal } from 'temporal-polyfill'
import type { DeadlineUnit } from '../../prisma/client/enums.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import type { Key, Translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { lengthOf } from './rules.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/**
 * How much lies between two moments, in the rule's own measure, two units at most: 7 个工作日 3 小时 · 38 分. `less` is
 * taken off (pauses). Under a minute is said so.
 */
export function spanText(t: Translate, calendar: Calendar, unit: DeadlineUnit, from: Date, until: Date, less = 0) {
  const length = Math.max(0, lengthOf(calendar, unit, from, until) - less)
  if (unit === 'month' && length >= 62 * day) return inMonths(t, from, until)
  if (unit === 'hour' || unit === 'working_hour') return units(t, length, [inHours[unit], ['minute', minute]])
  if (unit === 'day' || unit === 'month')
    return units(t, length, [
      ['day', day],
      ['hour', hour],
      ['minute', minute],
    ])
  return units(t, length, [
    ['workingDay', openLength(calendar)],
    ['hour', hour],
    ['minute', minute],
  ])
}

type Counted = [name: 'workingDay' | 'day' | 'workingHour' | 'hour' | 'minute' | 'month', length: number]
const inHours = { hour: ['hour', hour], working_hour: ['workingHour', hour] } as const satisfies Record<string, Counted>

/** The first unit that is reached, and what is left in the next: 2 个工作日 25 分 keeps its minutes. */
function units(t: Translate, length: number, ladder: readonly (readonly [...Counted])[]): string {
  const parts: string[] = []
  let left = Math.floor(length / minute) * minute
  for (const [name, size] of ladder) {
    const n = Math.floor(left / size)
    left -= n * size
    if (n > 0 && parts.length < 2) parts.push(t(wordOf(name), { n }))
  }
  return parts.length > 0 ? parts.join(' ') : t('deadlines:span.moment')
}

function inMonths(t: Translate, from: Date, until: Date): string {
  const last = Temporal.PlainDate.from(dateText(new Date(until.getTime() - 1)))
  const { years, months, days } = Temporal.PlainDate.from(dateText(from)).until(last, { largestUnit: 'months' })
  const parts = [t('deadlines:span.month', { n: years * 12 + months })]
  if (days > 0) parts.push(t('deadlines:span.day', { n: days }))
  return parts.join(' ')
}

const wordOf = (name: Counted[0]): Key => `deadlines:span.${name}`

/** The office time of a working day. */
function openLength({ ranges }: Calendar): number {
  return (
    Math.max(
      1,
      ranges.reduce((sum, { from, until }) => sum + until - from, 0),
    ) * minute
  )
}
