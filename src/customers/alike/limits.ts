import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Actor } from '../../access/actor.ts'

/** POOL-01: more than any hand types; whoever asks faster is trying numbers and names, not recording a customer. */
export const checksAMinute = 120

const limits = new RateLimiterMemory({ keyPrefix: 'alike', points: checksAMinute, duration: 60 })

export async function admitCheck(actor: Actor): Promise<boolean> {
  try {
    await limits.consume(String(actor.id))
    return true
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return false
    throw refused
  }
}
