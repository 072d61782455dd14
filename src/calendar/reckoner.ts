import { translate, type Key, type Language, type Translate } from '../i18n.ts'
import { dateText, dateTimeText, dayStart } from '../lib/dates.ts'
import type { Params } from '../lib/refused.ts'
import type { Calendar } from './reckoning.ts'
import { isKnown } from './reckoning.ts'
import { dueOf, mostOf, units, wayOf, type Question, type ReckonedUnit, type Stretch } from './explain.ts'
import type { CalendarQuery } from './forms.ts'
import { dayText, lengthText, nameText, spanText, weekdaysText } from './texts.ts'
import { isDay } from './week.ts'

type Problem = { field: string; reason: Key; params?: Params }
const mostLines = 30

/** The small reckoner: the question as typed, and the answer with its working, or what could not be read. */
export function reckoner(language: Language, calendar: Calendar, query: CalendarQuery, now: Date) {
  const t = translate[language]
  const asked = query.from !== undefined || query.n !== undefined
  const typed = {
    from: query.from ?? dateTimeText(now).replace(' ', 'T'),
    n: query.n ?? '1',
    unit: query.unit ?? 'working_day',
  }
  const { question, problems } = read(typed)
  return {
    typed,
    units: units.map((value) => ({ value, word: t(`calendar:unit.${value}`) })),
    errors: asked ? problems.map(({ field, reason, params }) => ({ field, text: t(reason, params) })) : [],
    answer: asked && question ? answerTo(t, calendar, question) : null,
  }
}

function read({ from, n, unit }: { from: string; n: string; unit: string }) {
  const problems: Problem[] = []
  const [day, time] = from.trim().split(/[T ]+/)
  const readable = isDay(day ?? '') && /^(?:[01]?\d|2[0-3]):[0-5]\d(?::\d\d(?:\.\d+)?)?$/.test(time ?? '')
  if (!readable) problems.push({ field: 'from', reason: 'calendar:refused.reckon.from' })
  const known = units.find((one) => one === unit)
  if (!known) problems.push({ field: 'unit', reason: 'calendar:refused.reckon.unit' })
  const most = mostOf[known ?? 'working_day']
  const amount = /^\d{1,5}$/.test(n.trim()) ? Number(n) : 0
  if (amount < 1 || amount > most) problems.push({ field: 'n', reason: 'calendar:refused.reckon.n', params: { most } })
  if (problems.length > 0 || !known) return { question: null, problems }
  const [hours, minutes] = time!.split(':').map(Number)
  const moment = new Date(dayStart(day!).getTime() + (hours! * 60 + minutes!) * 60_000)
  return { question: { from: moment, n: amount, unit: known }, problems }
}

function answerTo(t: Translate, calendar: Calendar, question: Question) {
  const due = dueOf(calendar, question)
  const bySchedule = question.unit === 'working_day' || question.unit === 'working_hour'
  const lines = bySchedule ? wayOf(calendar, question, due).map((stretch) => lineOf(t, stretch, question.unit)) : []
  const left = lines.length - mostLines
  const shown =
    left > 0 ? [...lines.slice(0, mostLines - 5), t('calendar:reckoner.more', { n: left }), ...lines.slice(-5)] : lines
  return {
    due: momentText(t, due, question.unit),
    datetime: due.toISOString(),
    how: t(`calendar:reckoner.${question.unit}`, { n: question.n }),
    lines: shown,
    forecast: forecastOf(t, calendar, question.from, due),
  }
}

/** 24:00 of the day that ends, rather than 00:00 of the next. */
function momentText(t: Translate, due: Date, unit: ReckonedUnit): string {
  if (unit !== 'day' && unit !== 'month') return `${dayText(t, dateText(due))} ${dateTimeText(due).slice(11)}`
  return `${dayText(t, dateText(new Date(due.getTime() - 1)))} 24:00`
}

function forecastOf(t: Translate, calendar: Calendar, from: Date, due: Date): string | null {
  if (isKnown(calendar, from, due)) return null
  const [first, last] = [from, new Date(due.getTime() - 1)].map((one) => Number(dateText(one).slice(0, 4)))
  const years = Array.from({ length: last! - first! + 1 }, (_, n) => first! + n).filter(
    (year) => !calendar.years.has(year),
  )
  const named = years.length > 2 ? [`${years[0]}–${years.at(-1)}`] : years
  return t('calendar:unknown.short', { years: named.join(t('calendar:comma')), weekdays: weekdaysText(t, calendar) })
}

function lineOf(t: Translate, stretch: Stretch, unit: ReckonedUnit): string {
  const { kind, first, last, minutes } = stretch
  const name = nameText(t, stretch.name)
  const days = spanText(t, stretch)
  if (kind === 'start') return t('calendar:reckoner.start', { day: days })
  if (kind === 'skipped') return t(name ? 'calendar:reckoner.skipped' : 'calendar:reckoner.weekend', { days, name })
  const line =
    unit === 'working_hour'
      ? t('calendar:reckoner.opened', { days, time: lengthText(t, minutes) })
      : t(first === last ? 'calendar:reckoner.counted' : 'calendar:reckoner.countedMany', { days, n: first, last })
  return name ? t('calendar:reckoner.madeUp', { line, name }) : line
}
