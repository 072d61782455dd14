import { Temporal } from 'temporal-polyfill'

/** Times are stored in UTC; people read them by the company's wall clock. */
const zone = 'Asia/Shanghai'

const pad = (value: number) => String(value).padStart(2, '0')

function wall(moment: Date) {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(zone)
}

/** 2026-11-22 */
export function dateText(moment: Date): string {
  return wall(moment).toPlainDate().toString()
}

/** 2026-11-22 14:05 */
export function dateTimeText(moment: Date): string {
  const at = wall(moment)
  return `${at.toPlainDate().toString()} ${pad(at.hour)}:${pad(at.minute)}`
}

/** The calendar year that business numbers count in. */
export function yearOf(moment: Date): number {
  return wall(moment).year
}

/** The moment a day begins by the company's wall clock: 2026-11-22, or some days later. */
export function dayStart(day: string, daysLater = 0): Date {
  const start = Temporal.PlainDate.from(day).add({ days: daysLater }).toZonedDateTime(zone)
  return new Date(start.epochMilliseconds)
}
