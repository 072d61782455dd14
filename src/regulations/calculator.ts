import { dueOf, wayOf } from '../calendar/explain.ts'
import { calendarAt } from '../calendar/queries.ts'
import { isKnown } from '../calendar/reckoning.ts'
import { dayText, spanText } from '../calendar/texts.ts'
import type { Translate } from '../i18n.ts'
import { translate, type Language } from '../i18n.ts'
import { dateText, dateTimeText, dayStart } from '../lib/dates.ts'
import { regulationAt } from './in-force.ts'
import { parameterOf, parametersOf, type ParameterName } from './parameters.ts'
import type { RuleId } from './register.ts'
import { parameterTitle } from './texts.ts'
import { fieldOf, valueText } from './values.ts'

const clocks = ['working_day', 'month'] as const
type ClockUnit = (typeof clocks)[number]

/** The figures of a rule that a due date is reckoned from. */
export function clocksOf(rule: RuleId): { name: ParameterName; unit: ClockUnit }[] {
  return parametersOf(rule).flatMap((name) => {
    const parameter = parameterOf(name)
    const unit = parameter.type === 'number' ? clocks.find((one) => one === parameter.unit) : undefined
    return unit ? [{ name, unit }] : []
  })
}

export type Asked = { from: string; clock: string }

/** "Reckon a due date": by the regulation and the calendar in force when it starts. Null for a rule without a clock. */
export async function calculatorOf(language: Language, rule: RuleId, asked: Asked, now: Date) {
  const known = clocksOf(rule)
  if (known.length === 0) return null
  const t = translate[language]
  const chosen = known.find(({ name }) => fieldOf(name) === asked.clock) ?? known[0]!
  const typed = asked.from || dateTimeText(now).replace(' ', 'T')
  const from = momentOf(typed)
  return {
    from: typed,
    clock: fieldOf(chosen.name),
    clocks: known.map(({ name }) => ({ value: fieldOf(name), word: parameterTitle(language, name) })),
    wrong: from === null,
    answer: from ? await answerTo(t, chosen, rule, from) : null,
  }
}

/** 2026-11-24T14:05 by the company's wall clock; null where it is no moment of this century. */
function momentOf(text: string): Date | null {
  const [, day, hour, minute] = /^(20\d\d-\d\d-\d\d)[T ](\d\d):(\d\d)/.exec(text) ?? []
  const real = day && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day)
  if (!real || Number(hour) > 23 || Number(minute) > 59) return null
  return new Date(dayStart(day).getTime() + (Number(hour) * 60 + Number(minute)) * 60_000)
}

type Clock = ReturnType<typeof clocksOf>[number]

async function answerTo(t: Translate, { name, unit }: Clock, rule: RuleId, from: Date) {
  const [regulation, calendar] = [await regulationAt(from), await calendarAt(from)]
  const n = Number(regulation.value(name))
  const question = { from, n, unit }
  const due = dueOf(calendar, question)
  const moment = unit === 'month' ? dateText(new Date(due.getTime() - 1)) : dateTimeText(due)
  const skipped = unit === 'month' ? [] : wayOf(calendar, question, due).filter(({ kind }) => kind === 'skipped')
  const year = dateText(due).slice(0, 4)
  return {
    begins: unit === 'month' ? null : t('regulations:calculate.beginsOn', { day: nextDay(t, from) }),
    skips: skippedText(t, skipped, dateText(from).slice(0, 4)),
    due: moment,
    datetime: due.toISOString(),
    how:
      unit === 'month'
        ? t('regulations:calculate.endsDay', { amount: valueText(t, name, n) })
        : t('regulations:calculate.closes', { n }),
    version: t('regulations:calculate.version', { n: regulation.versionOf(rule)?.n ?? 1 }),
    unknown: isKnown(calendar, from, due) ? null : t('regulations:calculate.unknown', { year }),
  }
}

const nextDay = (t: Translate, from: Date) => dayText(t, dateText(dayStart(dateText(from), 1)))

const stretchesShown = 3

function skippedText(t: Translate, skipped: readonly { from: string; until: string; name: string }[], year: string) {
  if (skipped.length === 0) return null
  const words = skipped
    .slice(0, stretchesShown)
    .map((one) => [spanText(t, one, year), one.name].filter(Boolean).join(' '))
  const days = words.join(t('web:comma'))
  return skipped.length > stretchesShown ? t('regulations:calculate.skipsMany', { days, n: skipped.length }) : days
}
