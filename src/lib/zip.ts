import { Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'

export type ZipEntry = {
  name: string
  /** unpacked, as the archive says; what unpacks to more is not read on */
  size: number
  packed: number
  method: number
  crc: number
  at: number
  encrypted: boolean
}

/** The archive is damaged, was cut off, or says of itself what is not so. */
export class BrokenZip extends Error {}

/**
 * What an archive holds, by name. The reader of our own stands here because a hostile or damaged file must cost no more
 * than its declared and checked size, and because the rows must not be read ahead of those who store them.
 */
export function zipEntries(file: Buffer): Map<string, ZipEntry> {
  const { count, offset } = directoryOf(file)
  const entries = new Map<string, ZipEntry>()
  let at = offset
  for (let index = 0; index < count; index++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== 0x02014b50) throw new BrokenZip('directory')
    const names = file.readUInt16LE(at + 28)
    const extra = file.readUInt16LE(at + 30)
    const entry = entryAt(file, at, names, extra)
    entries.set(entry.name, entry)
    at += 46 + names + extra + file.readUInt16LE(at + 32)
  }
  return entries
}

/** The content of one entry, piece by piece, checked to the end: size and checksum are what the archive says. */
export async function* unpack(file: Buffer, entry: ZipEntry): AsyncGenerator<Buffer, void, undefined> {
  const packed = packedOf(file, entry)
  if (entry.method !== 0 && entry.method !== 8) throw new BrokenZip(`method ${entry.method}`)
  const source = Readable.from(pieces(packed), { objectMode: false })
  const plain = entry.method === 0 ? source : source.pipe(createInflateRaw({ chunkSize: 65_536 }))
  let [size, crc] = [0, 0]
  try {
    for await (const piece of plain as AsyncIterable<Buffer>) {
      size += piece.length
      if (size > entry.size) throw new BrokenZip(`${entry.name} is larger than it says`)
      crc = crc32(piece, crc)
      yield piece
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw new BrokenZip(error.message)
    throw error
  } finally {
    source.destroy()
  }
  if (size !== entry.size || crc !== entry.crc) throw new BrokenZip(`${entry.name} is not what was packed`)
}

function* pieces(packed: Buffer): Generator<Buffer> {
  for (let at = 0; at < packed.length; at += 65_536) yield packed.subarray(at, at + 65_536)
}

/** Its mark stands at the end, before a comment of at most 64 KiB. */
function directoryOf(file: Buffer): { count: number; offset: number } {
  const first = Math.max(0, file.length - 22 - 65_535)
  for (let at = file.length - 22; at >= first; at--) {
    if (file.readUInt32LE(at) !== 0x06054b50) continue
    const [count, offset] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 16)]
    if (count !== 0xffff && offset !== 0xffffffff) return { count, offset }
    return directory64(file, at - 20)
  }
  throw new BrokenZip('no directory')
}

function directory64(file: Buffer, locator: number): { count: number; offset: number } {
  if (locator < 0 || file.readUInt32LE(locator) !== 0x07064b50) throw new BrokenZip('directory')
  const at = Number(file.readBigUInt64LE(locator + 8))
  if (at + 56 > file.length || file.readUInt32LE(at) !== 0x06064b50) throw new BrokenZip('directory')
  return { count: Number(file.readBigUInt64LE(at + 32)), offset: Number(file.readBigUInt64LE(at + 48)) }
}

function entryAt(file: Buffer, at: number, names: number, extra: number): ZipEntry {
  const name = file.toString('utf8', at + 46, at + 46 + names)
  const [packed, size, local] = largeSizes(file.subarray(at + 46 + names, at + 46 + names + extra), [
    file.readUInt32LE(at + 20),
    file.readUInt32LE(at + 24),
    file.readUInt32LE(at + 42),
  ])
  return {
    name,
    packed,
    size,
    at: local,
    method: file.readUInt16LE(at + 10),
    crc: file.readUInt32LE(at + 16),
    encrypted: (file.readUInt16LE(at + 8) & 1) === 1,
  }
}

/** Programs that stream (POI, EasyExcel) keep sizes in an extra field: unpacked, packed, place, those that did not fit. */
function largeSizes(extra: Buffer, short: [number, number, number]): [number, number, number] {
  if (short.every((value) => value !== 0xffffffff)) return short
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let from = at + 4
    const [packed, size, local] = short
    const next = (value: number) => {
      if (value !== 0xffffffff) return value
      from += 8
      if (from > extra.length) throw new BrokenZip('sizes')
      return Number(extra.readBigUInt64LE(from - 8))
    }
    const unpacked = next(size)
    return [next(packed), unpacked, next(local)]
  }
  throw new BrokenZip('sizes')
}

function packedOf(file: Buffer, { at, packed }: ZipEntry): Buffer {
  if (at + 30 > file.length || file.readUInt32LE(at) !== 0x04034b50) throw new BrokenZip('entry')
  const start = at + 30 + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28)
  if (start + packed > file.length) throw new BrokenZip('entry')
  return file.subarray(start, start + packed)
}
