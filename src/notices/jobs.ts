import { isOpen } from '../calendar/reckoning.ts'
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

/** One letter a day with what a person wants in one; asked again on that day it makes none. Sent with the next sendMails. */
export async function digest(now: Date, outlet: Outlet | null = outletOf()): Promise<{ made: number }> {
  await forgetUnmailable(outlet === null)
  if (!outlet || !isOpen(await calendarAt(now), now)) return { made: 0 }
  return { made: await gatherDigests(now, dayStart(dateText(now))) }
}
