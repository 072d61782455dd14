/**
 * Counting stops at a thousand and one, and what had more than that a moment ago has so now: for half a minute it is not
 * counted again. A smaller number is never remembered, for that one would be seen to be wrong.
 */
const until = new Map<string, number>()
const keptFor = 30_000

export function wasBeyond(key: string, now: Date): boolean {
  const end = until.get(key)
  return end !== undefined && end > now.getTime() && end <= now.getTime() + keptFor
}

export function noteBeyond(key: string, now: Date): void {
  if (wasBeyond(key, now)) return
  if (until.size > 5000) until.clear()
  until.set(key, now.getTime() + keptFor)
}

/** For tests: the next file's lists are others. */
export function forgetBeyond(): void {
  until.clear()
}
