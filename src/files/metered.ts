import { createHash } from 'node:crypto'
import type { Content, Stored } from './shelf.ts'

/** Fingerprints and counts what flows by. */
export function metered() {
  const hash = createHash('sha256')
  let bytes = 0
  async function* flow(source: Content): AsyncGenerator<Buffer> {
    for await (const piece of source) {
      const chunk = piece as Buffer
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  const read = (): Stored => ({ sha256: hash.digest('hex'), bytes })
  return { flow, read }
}
