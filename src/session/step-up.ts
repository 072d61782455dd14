import type { Actor } from '../access/actor.ts'
import { recordAccess } from '../audit/change.ts'
import { Refused } from '../lib/refused.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { passCode } from '../second-factor/checking.ts'
import { factorOf } from '../second-factor/queries.ts'
import type { Proof } from '../web/step-up.ts'
import { lockAt } from './limits.ts'
import { isOwnPassword } from './own-password.ts'
import { ownStaff } from './queries.ts'

/** ACC-01: before a weighty act the second factor is asked for again, or the password of whoever has none. */
export const stepUp: Proof = {
  async page(actor, now) {
    const [{ confirmedAt }, { value }] = await Promise.all([factorOf(actor.id, now), regulationAt(now)])
    const minutes = value('auth.step_up_minutes')
    return { asks: confirmedAt ? 'code' : 'password', account: actor.number, bySso: actor.how === 'sso', minutes }
  },
  async check(actor, typed, now) {
    const { confirmedAt } = await factorOf(actor.id, now)
    await (confirmedAt ? passCode(actor, typed.slice(0, 200), now) : passPassword(actor, typed.slice(0, 200), now))
    await recordAccess(actor, 'session.proven_again', `staff:${actor.id}`)
  },
}

async function passPassword(actor: Actor, typed: string, now: Date): Promise<void> {
  const { passwordHash } = await ownStaff(actor.id)
  if (await isOwnPassword(actor, typed, passwordHash, now)) return
  await recordAccess(actor, 'session.proof_refused', `staff:${actor.id}`)
  const params = await lockAt(now)
  throw new Refused([{ rule: 'ACC-01', reason: 'session:refused.proof', field: 'proof', params }])
}
