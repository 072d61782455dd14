import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { faultOf } from './fault.ts'
import type { Package } from './kinds.ts'

// A paper with many pictures has hundreds of parts; the rest are bounds against bombs, read from the directory alone.
const mostParts = 5000
const mostBytes = 400 * 1024 * 1024
const mostRatio = 100
const smallEnough = 5 * 1024 * 1024
const directoryBytes = 512 * 1024

const mainParts: Record<Package, RegExp> = {
  docx: /^word\/document\d*\.xml$/,
  xlsx: /^xl\/workbook\d*\.xml$/,
  pptx: /^ppt\/presentation\d*\.xml$/,
  ofd: /^OFD\.xml$/,
}
const mainType: Record<Exclude<Package, 'ofd'>, string> = {
  docx: 'wordprocessingml.document.main+xml',
  xlsx: 'spreadsheetml.sheet.main+xml',
  pptx: 'presentationml.presentation.main+xml',
}
const macros = /(?:^|\/)vbaProject|(?:^|\/)macrosheets\/|(?:^|\/)activeX\/|vbaData\.xml$/i
const programs = /\.(?:exe|dll|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|jar|msi|hta|lnk|sh|app)$/i

/** A document that is an archive inside: whole, of the kind it says, no bomb, without macros and programs. */
export async function checkPackage(path: string, kind: Package, bytes: number): Promise<void> {
  const zip = await openPromise(path, { autoClose: false }).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).syscall ? error : faultOf('damaged')
  })
  try {
    const parts = await partsOf(zip)
    refuseBomb(parts, bytes)
    const names = parts.map(({ fileName }) => fileName)
    if (names.some((name) => macros.test(name))) throw faultOf('macros')
    if (names.some((name) => programs.test(name))) throw faultOf('programInside')
    if (!names.some((name) => mainParts[kind].test(name))) throw faultOf('mixed')
    if (kind !== 'ofd') await checkTypes(zip, parts, kind)
  } finally {
    zip.close()
  }
}

/** yauzl refuses names that lead out of a folder, and what does not end where an archive ends. */
async function partsOf(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > mostParts) throw faultOf('bomb')
  const parts: Entry[] = []
  try {
    for await (const part of zip.eachEntry()) parts.push(part)
  } catch {
    throw faultOf('damaged')
  }
  if (parts.some((part) => part.isEncrypted())) throw faultOf('encrypted')
  return parts
}

function refuseBomb(parts: Entry[], bytes: number): void {
  const [unpacked, packed] = parts.reduce(
    ([all, small], { uncompressedSize, compressedSize }) => [all! + uncompressedSize, small! + compressedSize],
    [0, 0],
  ) as [number, number]
  // More packed bytes than the file has: its parts lie over one another.
  const overlap = packed > bytes
  const swells = unpacked > smallEnough && unpacked > packed * mostRatio
  if (unpacked > mostBytes || overlap || swells) throw faultOf('bomb')
}

async function checkTypes(zip: ZipFile, parts: Entry[], kind: Exclude<Package, 'ofd'>): Promise<void> {
  const list = parts.find(({ fileName }) => fileName === '[Content_Types].xml')
  if (!list || list.uncompressedSize > directoryBytes) throw faultOf('mixed')
  const text = await textOf(zip, list).catch(() => Promise.reject(faultOf('damaged')))
  if (/macroEnabled|vbaProject/i.test(text)) throw faultOf('macros')
  if (!text.includes(mainType[kind])) throw faultOf('mixed')
}

async function textOf(zip: ZipFile, part: Entry): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of await zip.openReadStreamPromise(part)) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8')
}
