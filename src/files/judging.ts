import { fileTypeFromBuffer } from 'file-type'
import { checkPackage } from './archives.ts'
import { endsOf, endsAsArchive, holdsMarkup, type Ends } from './ends.ts'
import { faultOf } from './fault.ts'
import { kindByExtension, packages, pictures, type Kind, type Package } from './kinds.ts'
import { extensionOf } from './names.ts'
import { checkPdf } from './pdfs.ts'
import { checkPicture } from './pictures.ts'
import { checkText } from './plain-texts.ts'

/**
 * ASVS 5.2.2: what a file is. Its ending, its first bytes and what a reader of that kind makes of it must agree; what is
 * two things at once is neither.
 */
export async function judge(path: string, name: string): Promise<Kind> {
  const ends = await endsOf(path)
  if (ends.bytes === 0) throw faultOf('empty')
  const extension = extensionOf(name)
  const kind = kindByExtension(extension)
  const found = await fileTypeFromBuffer(ends.head)
  refuseNamed(extension, found?.ext, ends)
  if (!kind) throw faultOf('kind', { extension: extension || '–' })
  await check(path, kind, found?.ext, ends)
  return kind
}

async function check(path: string, kind: Kind, found: string | undefined, ends: Ends): Promise<void> {
  if (isPackage(kind)) {
    // An archive is known by its first entry alone; what it really holds its directory tells.
    if (found !== kind && found !== 'zip') throw faultOf('mixed')
    return checkPackage(path, kind, ends.bytes)
  }
  if (kind === 'text') {
    if (/^(?:fffe|feff)/.test(ends.head.toString('hex', 0, 2))) throw faultOf('encoding')
    if (found && !loose.has(found)) throw faultOf('mixed')
    return checkText(path, ends)
  }
  const wanted = { jpeg: 'jpg', tiff: 'tif' }[kind as string] ?? kind
  if (found !== wanted) throw faultOf('mixed')
  if (pictures.includes(kind)) return checkPicture(path, kind, ends)
  if (endsAsArchive(ends) || holdsMarkup({ ...ends, tail: Buffer.alloc(0) })) throw faultOf('mixed')
  return checkPdf(path, ends)
}

/** What has a sentence of its own, because people send it often and should know what to do instead. */
function refuseNamed(extension: string, found: string | undefined, ends: Ends): void {
  const withMacros = /^(?:docm|dotm|xlsm|xltm|xlsb|pptm|ppsm|potm|xlam)$/
  if (withMacros.test(extension) || withMacros.test(found ?? '')) throw faultOf('macros')
  if (found === 'cfb' || /^(?:doc|xls|ppt|wps|et|dps)$/.test(extension)) throw faultOf('old')
  if (/^(?:heic|heif|avif|gif|bmp)$/.test(found ?? extension)) throw faultOf('picture')
  if (/^(?:rar|7z|gz|tar|bz2|xz)$/.test(found ?? '') || extension === 'zip') throw faultOf('archive')
  if (/^(?:exe|dll|com|scr|bat|cmd|ps1|vbs|js|msi|jar|apk|sh|lnk|elf|mach)$/.test(found ?? extension))
    throw faultOf('program')
  if (/^(?:svg|html?|xhtml|xml|mhtml?)$/.test(extension)) throw faultOf('markup')
  if (ends.head.subarray(0, 2).toString('latin1') === 'MZ') throw faultOf('program')
}

const isPackage = (kind: Kind): kind is Package => (packages as readonly string[]).includes(kind)
// Four letters at the start of a text may be the mark of something rare that no reader of ours opens.
const loose = new Set(['ics', 'vcf', 'vtt'])
