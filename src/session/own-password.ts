import type { Actor } from '../access/actor.ts'
import { verifyPassword } from './hash.ts'
import { accountKey, admitTry, forgetTries, lockAt } from './limits.ts'
import { lockOut } from './lock-out.ts'

/** ACC-01: asked of somebody signed in, and counted like at sign-in: a session left open is no way to guess. */
export async function isOwnPassword(actor: Actor, typed: string, hash: string, now: Date): Promise<boolean> {
  const lock = await lockAt(now)
  const key = accountKey(actor.id, '')
  const { admitted, last } = await admitTry(key, lock)
  if (await verifyPassword(typed, admitted ? hash : null)) {
    await forgetTries(key, lock)
    return true
  }
  if (last) await lockOut(actor, key, actor, lock, now)
  return false
}
