import type { Readable } from 'node:stream'

export type Encoding = 'utf-8' | 'gb18030'

/** Whether the text decoded so far ends with a line's end. */
export type Ending = { newline: boolean }

const sampleSize = 256 * 1024
const plainSize = 4 * 1024 * 1024

export async function* bytesOf(source: Readable): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of source)
    yield typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk as Uint8Array)
}

/** Enough bytes to judge by: 256 KiB from the first byte beyond ASCII on, or 4 MiB of ASCII. */
export async function readStart(chunks: AsyncGenerator<Buffer, void, undefined>): Promise<Buffer> {
  const parts: Buffer[] = []
  let [size, needed] = [0, plainSize]
  while (size < needed) {
    const next = await chunks.next()
    if (next.done) break
    parts.push(next.value)
    const foreign = needed === plainSize ? next.value.findIndex((byte) => byte > 0x7f) : -1
    if (foreign >= 0) needed = Math.min(plainSize, size + foreign + sampleSize)
    size += next.value.length
  }
  return Buffer.concat(parts)
}

/** The text of a file with one kind of line end, piece by piece. */
export async function* decode(
  start: Buffer,
  rest: AsyncGenerator<Buffer, void, undefined>,
  encoding: Encoding,
  ending: Ending,
): AsyncGenerator<string, void, undefined> {
  // Streaming keeps the bytes of a character cut by a chunk's edge; a UTF-8 byte-order mark is dropped.
  const decoder = new TextDecoder(encoding)
  let carried = ''
  // One kind of line end: the parser would count \r\n inside quotes twice.
  const lines = (text: string) => {
    const whole = carried + text
    carried = whole.endsWith('\r') ? '\r' : ''
    if (whole !== '') ending.newline = /[\r\n]$/u.test(whole)
    return whole.slice(0, whole.length - carried.length).replace(/\r\n?/gu, '\n')
  }
  yield lines(decoder.decode(start, { stream: true }))
  for await (const chunk of rest) yield lines(decoder.decode(chunk, { stream: true }))
  yield lines(decoder.decode()) + (carried === '' ? '' : '\n')
}

/**
 * UTF-8 or GB18030. A byte-order mark settles it. Otherwise UTF-8 is believed as soon as its three- and four-byte
 * characters (all Han are such) outnumber the bytes that do not fit it: in a UTF-8 file with some broken fields they do
 * by far, and those fields are reported row by row, while read as GB18030 the whole file would turn to rubbish. In
 * GB18030 text more than half of the bytes do not fit UTF-8 and three-byte matches are rare accidents. A file without
 * misfits is UTF-8; for Chinese in GB18030 that would take a text of a few chosen characters. Null: neither of the two.
 */
export function encodingOf(start: Buffer): Encoding | null {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8'
  const { long, misfits } = countUtf8(start)
  if (misfits === 0 || long >= misfits) return 'utf-8'
  const text = new TextDecoder('gb18030').decode(start)
  const lost = text.match(/\uFFFD/gu)?.length ?? 0
  const controls = text.match(/(?!\s)\p{Cc}/gu)?.length ?? 0
  if (lost + controls > text.length / 20 + 2) return null
  return 'gb18030'
}

function countUtf8(bytes: Buffer): { long: number; misfits: number } {
  let [long, misfits, at] = [0, 0, 0]
  while (at < bytes.length) {
    const byte = bytes[at]!
    const more = following(byte)
    // A character cut by the end of the sample says nothing.
    if (more > 0 && at + more >= bytes.length) break
    let fits = more >= 0
    for (let next = 1; fits && next <= more; next++) fits = (bytes[at + next]! & 0xc0) === 0x80
    if (!fits) misfits += 1
    else if (more >= 2) long += 1
    at += fits ? more + 1 : 1
  }
  return { long, misfits }
}

/** How many bytes follow this one in a UTF-8 character; -1 where none begins with it. */
function following(byte: number): number {
  if (byte < 0x80) return 0
  if (byte < 0xc2 || byte > 0xf4) return -1
  return byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
}
