import { sheetRefused } from './sheet-faults.ts'
import { BrokenXml, xmlReader } from './xml.ts'
import { BrokenZip, unpack, type ZipEntry } from './zip.ts'

export type Handlers = Parameters<typeof xmlReader>[0]

export const megabyte = 1024 * 1024
/** Of everything but the texts and the sheets themselves. */
export const largestPart = 8 * megabyte

/** Walks the part of this name. */
export type Read = (name: string, most: number, handlers: Handlers) => Promise<void>

/** Walks one part of the archive; damage is told in words, and so is what unpacks to more than it may. */
export async function readPart(
  file: Buffer,
  entry: ZipEntry | undefined,
  most: number,
  handlers: Handlers,
): Promise<void> {
  for await (const _piece of partPieces(file, entry, most, handlers));
}

/** The same, with a pause after each piece for those who want what was read so far. */
export async function* partPieces(
  file: Buffer,
  entry: ZipEntry | undefined,
  most: number,
  handlers: Handlers,
): AsyncGenerator<void, void, undefined> {
  if (!entry) throw sheetRefused('damaged')
  if (entry.encrypted) throw sheetRefused('encrypted')
  if (entry.size > most) throw sheetRefused('bomb', { most: most / megabyte })
  const reader = xmlReader(handlers)
  const decoder = new TextDecoder('utf-8')
  try {
    for await (const piece of unpack(file, entry)) {
      reader.write(decoder.decode(piece, { stream: true }))
      yield
    }
    reader.write(decoder.decode())
    reader.end()
  } catch (error) {
    if (error instanceof BrokenZip || error instanceof BrokenXml) throw sheetRefused('damaged')
    throw error
  }
}
