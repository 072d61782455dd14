import { PassThrough, pipeline } from 'node:stream'
import { crc32 } from 'node:zlib'
import { fromBufferPromise, getFileNameLowLevel, type Entry, type ZipFile } from 'yauzl'
import { sheetRefused } from './faults.ts'

export type Part = {
  /** unpacked, as the archive says; what unpacks to more is refused on the way */
  size: number
  encrypted: boolean
  pieces: () => AsyncGenerator<Buffer, void, undefined>
}

export type Parts = Map<string, Part>

/** A workbook full of pictures has thousands; the list of many more would fill the memory. */
const mostParts = 100_000

/** What an archive holds, by names that are looked up and never written to, so that any name may stand there. */
export async function partsIn(file: Buffer): Promise<Parts> {
  const parts: Parts = new Map()
  try {
    const zip = await fromBufferPromise(withoutTail(file), { decodeStrings: false })
    if (zip.entryCount > mostParts) throw new Error('too many entries')
    for await (const entry of zip.eachEntry()) {
      const [size, encrypted] = [entry.uncompressedSize, entry.isEncrypted()]
      parts.set(nameOf(entry), { size, encrypted, pieces: () => unpacked(zip, entry) })
    }
  } catch (error) {
    throw unreadable(error)
  }
  return parts
}

/** yauzl holds the size to what the archive says; the checksum is left to us. */
async function* unpacked(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer, void, undefined> {
  let crc = 0
  try {
    // The stream between cuts an entry that is stored unpacked, which yauzl would hand over whole.
    const pieces = pipeline(await zip.openReadStreamPromise(entry), new PassThrough(), () => {})
    for await (const piece of pieces as AsyncIterable<Buffer>) {
      crc = crc32(piece, crc)
      yield piece
    }
  } catch (error) {
    throw unreadable(error)
  }
  if (crc !== entry.crc32) throw sheetRefused('damaged')
}

const nameOf = ({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry) =>
  getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)

const unreadable = (error: unknown) =>
  sheetRefused(error instanceof Error && error.message.includes('encryption') ? 'encrypted' : 'damaged')

/** Web exports leave a line's end or a piece of a page after the archive, which yauzl would refuse. */
function withoutTail(file: Buffer): Buffer {
  const end = file.lastIndexOf('PK\x05\x06')
  return end < 0 || end + 22 > file.length ? file : file.subarray(0, end + 22 + file.readUInt16LE(end + 20))
}
