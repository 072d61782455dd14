import { createReadStream } from 'node:fs'
import { endsAsArchive, type Ends } from './ends.ts'
import { faultOf } from './fault.ts'

/** Text in UTF-8 or GB18030, which is not a page, a program or a drawing in disguise. */
export async function checkText(path: string, ends: Ends): Promise<void> {
  if (endsAsArchive(ends)) throw faultOf('mixed')
  const start = ends.head.toString('latin1').replace(/^\xef\xbb\xbf/, '')
  if (/^\s*<(?:!|\?|[a-z][a-z\d-]*[\s>/])/i.test(start) || start.startsWith('#!')) throw faultOf('markup')
  for (const encoding of ['utf-8', 'gb18030']) if (await reads(path, encoding)) return
  throw faultOf('encoding')
}

async function reads(path: string, encoding: string): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const sound = (text: string) => !/(?![\t\n\v\f\r\u0085])\p{Cc}|\uFFFD/u.test(text)
  const source = createReadStream(path, { highWaterMark: 256 * 1024 })
  try {
    for await (const piece of source) if (!sound(decoder.decode(piece as Buffer, { stream: true }))) return false
    return sound(decoder.decode())
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  } finally {
    source.destroy()
  }
}
