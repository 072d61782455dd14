import type { Actor, Way } from '../access/actor.ts'
import { meetDevice } from '../alerts/devices.ts'
import { recordAccess } from '../audit/change.ts'
import { ownPath } from '../lib/own-path.ts'
import { factorOf } from '../second-factor/queries.ts'
import { seeOther, type SeeOther, type SessionActs } from '../web/route.ts'
import { outlive } from './commands.ts'
import { passwordOf } from './queries.ts'
import { isAged, strictnessAt } from './strictness.ts'

export type Entrant = { id: bigint; epoch: number; name: string }

/**
 * The first factor is proven. Who has a second one, or must have one, gets a session that opens nothing but
 * /second-factor; the company's own sign-in service asks for its own, so whoever comes from there is not asked again.
 */
export async function enter(
  actor: Actor,
  staff: Entrant,
  session: SessionActs,
  how: Way,
  now: Date,
  next?: string,
): Promise<SeeOther> {
  const { confirmedAt, required } = how === 'sso' ? withoutOurs : await factorOf(staff.id, now)
  if (how === 'password') await replaceAged(as(actor, staff), staff.id, now)
  if (confirmedAt === null && !required) return letIn(actor, staff, session, how, now, next)
  await session.beginPending(staff.id, staff.epoch, how, ownPath(next))
  await recordAccess(as(actor, staff), 'session.factor_awaited', `staff:${staff.id}`)
  return seeOther('/second-factor')
}

/** What the company's own service asks for is not ours to ask for again, nor is its password ours to age. */
const withoutOurs = { confirmedAt: null, required: false }

/** Every factor is proven: the one place where a session begins, whichever way somebody came. */
export async function letIn(
  actor: Actor,
  staff: Entrant,
  session: SessionActs,
  how: Way,
  now: Date,
  next?: string,
): Promise<SeeOther> {
  await session.begin(staff.id, staff.epoch, how)
  await recordAccess(as(actor, staff), 'session.started', `staff:${staff.id}`, { after: { how } })
  await meetDevice(as(actor, staff), session.device(), now)
  return seeOther(ownPath(next))
}

async function replaceAged(actor: Actor, staffId: bigint, now: Date): Promise<void> {
  const { mustChangePassword, ...password } = await passwordOf(staffId)
  if (!mustChangePassword && isAged(await strictnessAt(now), password.setAt, now)) await outlive(actor, staffId)
}

const as = (actor: Actor, { id, name }: Entrant): Actor => ({ ...actor, id, name })
