import { parseCronItems, type ParsedCronItem, type TimestampDigest } from 'graphile-worker'
import { calendarAt } from '../calendar/queries.ts'
import { isWorkingDay } from '../calendar/reckoning.ts'
import { dateText } from '../lib/dates.ts'
import { keyOf, scheduledKey } from './queue.ts'
import { jobNames, planOf, type JobName, type Schedule } from './schedule.ts'
import { isDue } from './times.ts'

/** What was missed while nothing ran is made up for once, if it is no older than this. */
const madeUp = 24 * 60 * 60_000

/** For graphile-worker, which counts in UTC: the real clock alone decides when, also where the product's is moved. */
export function timetable(): ParsedCronItem[] {
  const items = jobNames.flatMap((job) => {
    const { schedule, attempts } = planOf(job)
    return schedule ? [itemFor(job, schedule, attempts)] : []
  })
  return parseCronItems(items)
}

function itemFor(job: JobName, schedule: Schedule, maxAttempts: number) {
  return {
    task: job,
    identifier: job,
    match: (digest: TimestampDigest) => isDue(schedule, momentOf(digest)),
    options: {
      maxAttempts,
      jobKey: keyOf(job, scheduledKey),
      queueName: job,
      backfillPeriod: 'at' in schedule ? madeUp : 0,
    },
  }
}

// It tells no year; the company's zone has had one offset for decades.
const momentOf = ({ month, date, hour, min }: TimestampDigest) => new Date(Date.UTC(2024, month - 1, date, hour, min))

/** A run by schedule that falls on a day off does not take place. */
export async function isOff(job: JobName, payload: unknown): Promise<boolean> {
  const { schedule } = planOf(job)
  const at = (payload as { _cron?: { ts: string } } | null)?._cron?.ts
  if (!at || !schedule || !('onWorkingDays' in schedule)) return false
  const moment = new Date(at)
  return !isWorkingDay(await calendarAt(moment), dateText(moment))
}
