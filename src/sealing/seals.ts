import { createHash } from 'node:crypto'

/** What a seal says, in texts as the database gives them; `content` is the hash of its lines' digests. */
export type Seal = {
  n: string
  form: number
  entries: number
  total: string
  highId: string
  ids: string
  content: string
  horizon: string
  settled: string | null
  sealedAt: string
  previous: string
}
export type Signed = Seal & { hash: string; key: string; signature: string }

/** What stands before the first seal. */
export const noSeal = '0'.repeat(64)

/** Covers every field of the seal, and by `previous` all seals before it. */
export function hashOf(seal: Seal): string {
  const { n, form, entries, total, highId, ids, content, horizon, settled, sealedAt, previous } = seal
  const text = JSON.stringify([n, form, entries, total, highId, ids, content, horizon, settled, sealedAt, previous])
  return createHash('sha256').update(text).digest('hex')
}

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
