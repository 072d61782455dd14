export type FileFault = 'empty' | 'excelOld' | 'pdf' | 'archive' | 'picture' | 'html' | 'utf16' | 'binary'

const signatures: [FileFault, number[]][] = [
  ['excelOld', [0xd0, 0xcf, 0x11, 0xe0]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['archive', [0x50, 0x4b, 0x05, 0x06]],
  ['archive', [0x1f, 0x8b]],
  ['archive', [0x52, 0x61, 0x72, 0x21]],
  ['archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ['picture', [0xff, 0xd8, 0xff]],
  ['picture', [0x47, 0x49, 0x46, 0x38]],
  ['utf16', [0xff, 0xfe]],
  ['utf16', [0xfe, 0xff]],
]

/** What a file is that was given as text but is not; null when it may be text. */
export function notText(start: Buffer): FileFault | null {
  if (start.length === 0) return 'empty'
  const kind = signatures.find(([, bytes]) => bytes.every((byte, at) => start[at] === byte))?.[0] ?? null
  if (kind) return kind
  if (/^\s*<(?:!doctype|html|\?xml|table)/iu.test(start.subarray(0, 200).toString('latin1'))) return 'html'
  if (!start.includes(0)) return null
  const zeros = start.subarray(0, 4096).filter((byte) => byte === 0).length
  const wide = zeros * 5 > Math.min(start.length, 4096) || start.includes('\n\0') || start.includes('\0\n')
  return wide ? 'utf16' : 'binary'
}

/** A workbook is one, and so is every archive. */
export const isZip = (start: Buffer) => start.subarray(0, 4).equals(Buffer.of(0x50, 0x4b, 0x03, 0x04))
