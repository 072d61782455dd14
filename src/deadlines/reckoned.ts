import { isKnown, isWorkingDay, type Calendar } from '../calendar/reckoning.ts'
import type { Translate } from '../i18n.ts'
import { dateText, dateTimeText, dayStart } from '../lib/dates.ts'
import type { DeadlineRow } from './rows.ts'
import { isWorking, lengthOf, type Pause } from './rules.ts'
import { spanText } from './spans.ts'
import { endText } from './tag.ts'

const day = 24 * 3_600_000
const daysNamed = 40

/** CAL-01, CAL-02: how the due moment came about, a line for each term. */
export function reckoningOf(t: Translate, row: DeadlineRow, pauses: Pause[], now: Date, calendar: Calendar) {
  const { startedAt, dueAt, soonAt, unit, amount } = row
  const lines = [
    { label: t('deadlines:reckoned.from'), value: dateTimeText(startedAt) },
    {
      label: t('deadlines:reckoned.measure'),
      value: unit === 'moment' ? t('deadlines:reckoned.given') : t(`deadlines:measure.${unit}`, { n: amount }),
    },
  ]
  const skipped = isWorking(unit) ? skippedDays(t, calendar, startedAt, dueAt) : []
  if (isWorking(unit))
    lines.push({
      label: t('deadlines:reckoned.skipped'),
      value: skipped.join(t('web:comma')) || t('deadlines:reckoned.noneSkipped'),
    })
  const counted = pauses.filter(({ fromAt }) => fromAt <= dueAt)
  if (counted.length > 0) {
    const paused = counted.reduce(
      (sum, { fromAt, untilAt }) => sum + lengthOf(calendar, unit, fromAt, untilAt ?? now),
      0,
    )
    const span = spanText(t, calendar, unit, new Date(0), new Date(0), -paused)
    lines.push({
      label: t('deadlines:reckoned.paused'),
      value: t('deadlines:reckoned.pausedFor', { n: counted.length, span }),
    })
  }
  lines.push({ label: t('deadlines:reckoned.soon'), value: dateTimeText(soonAt) })
  lines.push({ label: t('deadlines:reckoned.due'), value: endText(dueAt) })
  return {
    lines,
    forecast: isWorking(unit) && !isKnown(calendar, startedAt, dueAt) ? t('deadlines:reckoned.forecast') : null,
  }
}

type Running = Pick<DeadlineRow, 'unit' | 'startedAt' | 'dueAt' | 'metAt' | 'cancelledAt'>

/** CAL-01: what runs into a year whose arrangement is not entered is due at a forecast. */
export function isForecast(calendar: Calendar, { unit, startedAt, dueAt, metAt, cancelledAt }: Running): boolean {
  return !metAt && !cancelledAt && isWorking(unit) && !isKnown(calendar, startedAt, dueAt)
}

/** The days between that did not count, the named ones by name; weekends worked stand among them as what they are. */
function skippedDays(t: Translate, calendar: Calendar, from: Date, until: Date): string[] {
  const named: string[] = []
  let left = 0
  for (let at = dayStart(dateText(from)).getTime(); at < until.getTime(); at += day) {
    const text = dateText(new Date(at))
    const arranged = calendar.days.get(text)
    const counts = isWorkingDay(calendar, text)
    if (counts && !arranged?.working) continue
    if (named.length >= daysNamed) left++
    else named.push(dayWord(t, text, counts, arranged?.name))
  }
  return left > 0 ? [...named, t('deadlines:reckoned.moreDays', { n: left })] : named
}

function dayWord(t: Translate, day: string, counts: boolean, name?: string): string {
  const short = day.slice(5)
  if (counts) return t('deadlines:reckoned.worked', { day: short })
  return name ? `${short} ${name}` : t('deadlines:reckoned.weekend', { day: short })
}
