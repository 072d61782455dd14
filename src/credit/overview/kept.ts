import type { Actor } from '../../access/actor.ts'
import { scopeKey } from '../../access/scope-key.ts'
import { overLimit, type OverLimit } from './over.ts'

const keptFor = 60_000
const many = 400
const kept = new Map<string, { over: OverLimit; until: number }>()

/**
 * Wish 59: the one furthest over its limit, and how many there are, for the first page. Where that means reckoning the
 * accounts of many it stands for a minute; the list behind it is always of now.
 */
export async function overLately(actor: Actor, now: Date): Promise<OverLimit> {
  const [key, at] = [scopeKey(actor), now.getTime()]
  const one = kept.get(key)
  if (one && one.until > at && one.until <= at + keptFor) return one.over
  const over = await overLimit(actor, 1, now)
  kept.delete(key)
  if (over.owing > many) {
    if (kept.size > 5000) kept.clear()
    kept.set(key, { over, until: at + keptFor })
  }
  return over
}

/** For tests: the next file's customers are others. */
export function forgetOver(): void {
  kept.clear()
}
