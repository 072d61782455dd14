import type { Actor } from '../access/actor.ts'
import { change, recordAccess } from '../audit/change.ts'
import { machineNow } from '../lib/clock.ts'
import { Refused } from '../lib/refused.ts'
import { admitTry, forgetTries, lockAt } from '../session/limits.ts'
import { lockOut } from '../session/lock-out.ts'
import { log } from '../web/log.ts'
import { unseal } from './cipher.ts'
import { lockKeys } from './queries.ts'
import { asRecoveryCode, matching } from './recovery.ts'
import { stepOf } from './totp.ts'

/** Counted beside the password, not with it: a right password in between forgives no wrong code. */
export const factorKey = (staffId: bigint) => `factor-${staffId}`

/** ACC-01: a code is counted before it is compared, locks like a password, and works once. */
export async function passCode(actor: Actor, typed: string, now: Date): Promise<void> {
  const lock = await lockAt(now)
  const key = factorKey(actor.id)
  const { admitted, last } = await admitTry(key, lock)
  if (admitted && (await takeCode(actor, typed, now))) return forgetTries(key, lock)
  await recordAccess(actor, 'factor.refused', `staff:${actor.id}`)
  if (last) await lockOut(actor, key, actor, lock, now)
  throw new Refused([{ rule: 'ACC-01', reason: 'second-factor:refused.code', field: 'code', params: lock }])
}

const noSuchCode = new Error('no such code')

/** Compares and uses up in one transaction that holds the person's row: of twenty equal codes at once one passes. */
async function takeCode(actor: Actor, typed: string, now: Date): Promise<boolean> {
  const recovery = asRecoveryCode(typed)
  try {
    await (recovery === null ? takeDigits(actor, typed) : takeRecovery(actor, recovery, now))
    return true
  } catch (error) {
    if (error === noSuchCode) return false
    throw error
  }
}

function takeDigits(actor: Actor, typed: string): Promise<void> {
  return change(actor, async (tx, audit) => {
    const { totpSecret, totpConfirmedAt, totpStep } = await lockKeys(tx, actor.id)
    const secret = totpSecret === null || totpConfirmedAt === null ? null : unseal(totpSecret, actor.id)
    if (secret === null && totpConfirmedAt !== null)
      log.error('a second factor cannot be read: was SESSION_SECRET changed?')
    // The telephone goes by the machine's time, also while the product's clock is moved.
    const step = secret === null ? null : stepOf(secret, digitsOf(typed), machineNow(), totpStep)
    if (step === null) throw noSuchCode
    await tx.staff.update({ where: { id: actor.id }, data: { totpStep: step }, select: { id: true } })
    await audit('factor.code_used', `staff:${actor.id}`)
  })
}

function takeRecovery(actor: Actor, plain: string, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const { totpConfirmedAt } = await lockKeys(tx, actor.id)
    const left = await tx.recoveryCode.findMany({ where: { staffId: actor.id, usedAt: null } })
    const hash =
      totpConfirmedAt === null
        ? null
        : await matching(
            plain,
            left.map((code) => code.hash),
          )
    if (hash === null) throw noSuchCode
    await tx.recoveryCode.updateMany({ where: { staffId: actor.id, hash }, data: { usedAt: now } })
    await audit('factor.recovery_used', `staff:${actor.id}`, { after: { left: left.length - 1 } })
  })
}

/** Six digits, however they are written: 287 082, full width. */
export const digitsOf = (typed: string) => typed.normalize('NFKC').replace(/\s/g, '')
