import { createHash } from 'node:crypto'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { pool } from '../db.ts'
import { regulationAt } from '../regulations/in-force.ts'

/** ACC-01: how many wrong passwords lock an account, and for how long. */
export type Lock = { tries: number; minutes: number }

export async function lockAt(moment: Date): Promise<Lock> {
  const { value } = await regulationAt(moment)
  return { tries: value('accounts.tries'), minutes: value('accounts.lock_minutes') }
}

const perAccount = ({ tries, minutes }: Lock) => limiter('account', tries, minutes)
/** One address may fail for many people, as a whole office can stand behind it. */
export const triesOfAddress = 60
const perAddress = () => limiter('address', triesOfAddress, 15)

/** Also for other doors that anybody may knock at. */
export function limiter(keyPrefix: string, points: number, minutes: number, block = minutes): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    tableName: 'sign_in_limit',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix,
    points,
    duration: minutes * 60,
    blockDuration: block * 60,
  })
}

/** What failures are counted under: the person, by whichever name; of a text that is nobody's only a digest. */
export function accountKey(staffId: bigint | null, typed: string): string {
  return staffId === null ? `unknown-${createHash('sha256').update(typed).digest('hex')}` : `staff-${staffId}`
}

/** Counts a try before it is compared, so that tries at the same moment never add up to more than the limit. */
export async function admitTry(key: string, lock: Lock): Promise<{ admitted: boolean; last: boolean }> {
  const left = await consume(perAccount(lock), key)
  return { admitted: left !== null, last: left === 0 }
}

export async function lockAccount(key: string, lock: Lock): Promise<void> {
  await perAccount(lock).block(key, lock.minutes * 60)
}

export async function forgetTries(key: string, lock: Lock): Promise<void> {
  await perAccount(lock).delete(key)
}

export async function admitAddress(ip: string | null): Promise<boolean> {
  return (await consume(perAddress(), ip ?? 'none')) !== null
}

/** Takes back the try of someone who proved to be right. */
export async function pardonAddress(ip: string | null): Promise<void> {
  await perAddress().reward(ip ?? 'none', 1)
}

/** How many tries are left after this one; null when there was none left. */
async function consume(limits: RateLimiterPostgres, key: string): Promise<number | null> {
  try {
    return (await limits.consume(key)).remainingPoints
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return null
    throw refused
  }
}
