import { isOpen, isWorkingDay } from '../calendar/reckoning.ts'
import { calendarAt } from '../calendar/queries.ts'
import { now as present } from '../lib/clock.ts'
import { dateText, dayStart } from '../lib/dates.ts'
import { outletOf, type Outlet } from '../mail/transport.ts'
import { forgetUnmailable, gatherDigests, gatherEach } from './gathering.ts'
import { deliver, type Delivered } from './outbox.ts'

/**
 * Every minute: what people want at once becomes one letter each, in office hours (CAL-01) or when it is urgent, and what
 * waits in the outbox is sent.
 */
export async function sendMails(now: Date, outlet: Outlet | null = outletOf()): Promise<{ made: number } & Delivered> {
  await forgetUnmailable(outlet === null)
  if (!outlet) return { made: 0, sent: 0, failed: 0 }
  const open = isOpen(await calendarAt(now), now)
  const made = await gatherEach(now, open)
  return { made, ...(await deliver(outlet, open, present)) }
}

/**
 * One letter a working day with what a person wants in one; asked again on that day it makes none. sendMails sends it, in
 * office hours.
 */
export async function digest(now: Date, outlet: Outlet | null = outletOf()): Promise<{ made: number }> {
  await forgetUnmailable(outlet === null)
  const today = dateText(now)
  if (!outlet || !isWorkingDay(await calendarAt(now), today)) return { made: 0 }
  return { made: await gatherDigests(now, dayStart(today)) }
}
