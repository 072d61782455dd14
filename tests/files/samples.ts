import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { zipOf } from '../support/zip.ts'

/** The smallest PDF that readers open: one empty page, and a line nobody sees that makes it its own. */
export function pdfOf(mark: string): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
  ]
  let text = `%PDF-1.7\n% ${Buffer.from(mark).toString('hex')}\n`
  const places = objects.map((object, at) => {
    const place = text.length
    text += `${at + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const start = text.length
  text += `xref\n0 4\n0000000000 65535 f \n${places.join('')}trailer << /Size 4 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

const types = {
  docx: ['word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'],
  xlsx: ['xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'],
  pptx: ['ppt/presentation.xml', 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml'],
} as const
type Part = Parameters<typeof zipOf>[0][number]

export function officeOf(
  kind: keyof typeof types,
  { parts = [] as Part[], type = types[kind][1] as string } = {},
): Buffer {
  const [main] = types[kind]
  return zipOf([
    {
      name: '[Content_Types].xml',
      content: `<Types><Override PartName="/${main}" ContentType="${type}"/></Types>`,
    },
    { name: main, content: '<x/>' },
    ...parts,
  ])
}

export const ofdOf = () =>
  zipOf([
    { name: 'OFD.xml', content: '<ofd:OFD/>' },
    { name: 'Doc_0/Document.xml', content: '<ofd:Document/>' },
  ])

/** A picture of one colour with the place where it was taken. */
export const pictureOf = (kind: 'jpeg' | 'png' | 'webp' | 'tiff', width = 40, height = 30, colour = '#14576d') =>
  sharp({ create: { width, height, channels: 3, background: colour } })
    .withExif({ IFD0: { Make: 'Penglai' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '37/1 48/1 0/1' } })
    [kind]()
    .toBuffer()

const folder = mkdtempSync(join(tmpdir(), 'kehu-files-'))
let serial = 0
export function onDisk(content: Buffer | string): string {
  const path = join(folder, String(serial++))
  writeFileSync(path, content)
  return path
}
export const emptyFolder = () => mkdtempSync(join(tmpdir(), 'kehu-store-'))

/** What every scanner knows, and no more than that; in two, so that one does not find it here. */
export const eicar = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR-STANDARD-ANTIVIRUS'}-TEST-FILE!$H+H*`
