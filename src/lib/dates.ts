import { Temporal } from 'temporal-polyfill'

/** Times are stored in UTC; people read them by the company's wall clock. */
const zone = 'Asia/Shanghai'

const hour = 3_600_000
const offsets = new Map<number, number>()

/** How far the wall clock is ahead, in ms. Clocks change on the hour, so an hour's answer is kept: 0.1 ms each otherwise. */
function offsetAt(ms: number): number {
  const at = Math.floor(ms / hour)
  const known = offsets.get(at)
  if (known !== undefined) return known
  const found = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6
  if (offsets.size > 50_000) offsets.clear()
  offsets.set(at, found)
  return found
}

/** The wall clock's reading as if it were UTC: 2026-11-22T14:05:00.000Z */
function wall(moment: Date): string {
  const ms = moment.getTime()
  return new Date(ms + offsetAt(ms)).toISOString()
}

/** 2026-11-22 */
export function dateText(moment: Date): string {
  return wall(moment).slice(0, 10)
}

/** 2026-11-22 14:05 */
export function dateTimeText(moment: Date): string {
  return wall(moment).slice(0, 16).replace('T', ' ')
}

/** The calendar year that business numbers count in. */
export function yearOf(moment: Date): number {
  return Number(wall(moment).slice(0, 4))
}

/** The moment a day begins by the company's wall clock: 2026-11-22, or some days later. */
export function dayStart(day: string, daysLater = 0): Date {
  const start = Temporal.PlainDate.from(day).add({ days: daysLater }).toZonedDateTime(zone)
  return new Date(start.epochMilliseconds)
}
