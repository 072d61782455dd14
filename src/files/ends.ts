import { open } from 'node:fs/promises'

const headBytes = 4096
// An archive ends with at most 64 kB of remarks behind its last record.
const tailBytes = 22 + 65_535 + 4096

export type Ends = { head: Buffer; tail: Buffer; bytes: number }

/** The beginning and the end of a file, where a second nature would show. */
export async function endsOf(path: string): Promise<Ends> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const read = async (length: number, position: number) => {
      const part = Buffer.alloc(Math.max(0, Math.min(length, size - position)))
      await file.read(part, 0, part.length, position)
      return part
    }
    return { head: await read(headBytes, 0), tail: await read(tailBytes, Math.max(0, size - tailBytes)), bytes: size }
  } finally {
    await file.close()
  }
}

/** A picture or a paper that programs for archives would open as one, too. */
export function endsAsArchive({ tail }: Ends): boolean {
  for (let at = tail.lastIndexOf(lastRecord); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(lastRecord, at - 1)) {
    if (at + 22 > tail.length) continue
    const end = at + 22 + tail.readUInt16LE(at + 20)
    const directory = at - tail.readUInt32LE(at + 12)
    const hasDirectory = directory >= 0 && tail.toString('latin1', directory, directory + 4) === 'PK\x01\x02'
    if (hasDirectory || (end <= tail.length && end > tail.length - 64)) return true
  }
  return false
}
const lastRecord = 'PK\x05\x06'

/** Something a browser might run, were it ever to guess. */
export function holdsMarkup({ head, tail }: Ends): boolean {
  const markup = /<(?:!doctype|html|head|body|script|svg|iframe|\?php)\b/i
  return markup.test(head.toString('latin1')) || markup.test(tail.subarray(-headBytes).toString('latin1'))
}
