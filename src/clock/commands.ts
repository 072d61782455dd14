import type { Actor } from '../access/actor.ts'
import { forgetCalendar } from '../calendar/queries.ts'
import { db } from '../db.ts'
import { sweep, type Swept } from '../deadlines/jobs.ts'
import { clockShift, machineNow, now, shiftClock } from '../lib/clock.ts'
import { Refused } from '../lib/refused.ts'
import { forgetRegulations } from '../regulations/in-force.ts'
import type { SessionActs } from '../web/route.ts'
import type { By } from './forms.ts'

const minute = 60_000
const lengths = { minutes: minute, hours: 60 * minute, days: 1440 * minute }
const farthest = 3660 * lengths.days

/** Moves the product's clock on, and does what is then due. */
export function moveBy(actor: Actor, session: SessionActs, { n, unit }: By): Promise<Swept> {
  const amount = /^\d{1,4}$/.test(n.trim()) ? Number(n) : 0
  if (amount < 1) throw new Refused([{ rule: 'CAL-01', reason: 'clock:refused.n', field: 'n' }])
  return move(actor, session, clockShift() + amount * lengths[unit])
}

export function moveTo(actor: Actor, session: SessionActs, moment: Date): Promise<Swept> {
  return move(actor, session, moment.getTime() - machineNow().getTime())
}

export async function moveBack(actor: Actor, session: SessionActs): Promise<void> {
  await move(actor, session, 0)
}

async function move(actor: Actor, session: SessionActs, ms: number): Promise<Swept> {
  if (Math.abs(ms) > farthest) throw new Refused([{ rule: 'CAL-01', reason: 'clock:refused.range' }])
  shiftClock(ms)
  forgetCalendar()
  forgetRegulations()
  // Who moves the clock goes with it; their session would otherwise have been left alone for as long.
  const found = await db.staff.findUnique({ where: { id: actor.id }, select: { epoch: true } })
  if (found) await session.begin(actor.id, found.epoch)
  return sweep(now())
}
