import { isWorkingDay, type Calendar } from '../calendar/reckoning.ts'
import { dateText, dateTimeText, dayStart } from '../lib/dates.ts'
import type { Schedule } from './schedule.ts'

const minute = 60_000

/** By the wall clock's hour and minute; whether the day is a working day is asked when it runs. */
export function isDue(schedule: Schedule, moment: Date): boolean {
  const time = dateTimeText(moment).slice(11)
  return 'at' in schedule ? schedule.at.includes(time) : Number(time.slice(3)) % schedule.every === 0
}

/** When it runs next after a moment; null where no day within a year is one. */
export function nextRun(schedule: Schedule, after: Date, calendar: Calendar): Date | null {
  if ('every' in schedule) {
    const step = schedule.every * minute
    return new Date((Math.floor(after.getTime() / step) + 1) * step)
  }
  for (let later = 0; later <= 366; later++) {
    const start = dayStart(dateText(after), later)
    if (schedule.onWorkingDays && !isWorkingDay(calendar, dateText(start))) continue
    const next = schedule.at.map((time) => momentIn(start, time)).find((moment) => moment > after)
    if (next) return next
  }
  return null
}

function momentIn(start: Date, time: string): Date {
  const [hours, minutes] = time.split(':').map(Number)
  return new Date(start.getTime() + (hours! * 60 + minutes!) * minute)
}
