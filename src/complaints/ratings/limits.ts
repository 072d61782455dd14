import { RateLimiterRes } from 'rate-limiter-flexible'
import { limiter } from '../../session/limits.ts'

/** SAT-03: a whole street of phones can stand behind one address; a hundred thousand guesses cannot. */
export const missesOfAddress = 60
const misses = () => limiter('rating', missesOfAddress, 15)
const keyOf = (ip: string | null) => ip ?? 'none'

/** Whether this address of the network may still try links. */
export async function mayTry(ip: string | null): Promise<boolean> {
  const counted = await misses().get(keyOf(ip))
  return counted === null || counted.consumedPoints < missesOfAddress
}

/** A link that leads nowhere was tried. */
export async function countMiss(ip: string | null): Promise<void> {
  try {
    await misses().consume(keyOf(ip))
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
  }
}
