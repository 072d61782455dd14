import type { Readable } from 'node:stream'

export type Content = AsyncIterable<Buffer> | Readable
export type Stored = { sha256: string; bytes: number }
/** `sha256` is null for what is on its way in, or was left there. */
export type Lying = { key: string; sha256: string | null; bytes: number; at: Date }

/** Where contents lie, each under a name made from its hash, so that it is there once and never written over. */
export type Store = {
  /** Streams to a temporary object, fingerprints and counts on the way, then keeps it unless it is there already. */
  put: (content: Content) => Promise<Stored>
  /** Null when it is not there. */
  get: (sha256: string) => Promise<Readable | null>
  has: (sha256: string) => Promise<boolean>
  list: () => AsyncIterable<Lying>
  remove: (key: string) => Promise<void>
}

/** ab/cd/abcd…: no folder holds too many. */
export const keyOf = (sha256: string) => `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`
export const temporary = 'tmp'

export function hashIn(key: string): string | null {
  const name = key.split('/').at(-1)!
  return /^[0-9a-f]{64}$/.test(name) && key === keyOf(name) ? name : null
}
