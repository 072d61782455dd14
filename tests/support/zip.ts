import { crc32, deflateRawSync } from 'node:zlib'

type Part = { name: string; content: string | Buffer; size?: number; encrypted?: boolean; stored?: boolean }

/** An archive as small as it can be; `size` lets it lie about what an entry unpacks to. */
export function zipOf(parts: Part[], { zip64 = false } = {}): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, size, encrypted = false, stored = false } of parts) {
    const plain = Buffer.from(content)
    const packed = stored ? plain : deflateRawSync(plain)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(encrypted ? 1 : 0, 2)
    common.writeUInt16LE(stored ? 0 : 8, 4)
    common.writeUInt32LE(crc32(plain), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(size ?? plain.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const head = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name)])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    const large = zip64 ? largeSizes(common, rest) : Buffer.alloc(0)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, rest, Buffer.from(name), large]))
    files.push(head, packed)
    at += head.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  const end64 = zip64 ? largeEnd(end, at + listed.length) : Buffer.alloc(0)
  return Buffer.concat([...files, listed, end64, end])
}

/** Moves the sizes and the place of an entry to its extra field, as programs do that stream. */
function largeSizes(common: Buffer, rest: Buffer): Buffer {
  const large = Buffer.alloc(28)
  large.writeUInt16LE(1, 0)
  large.writeUInt16LE(24, 2)
  large.writeBigUInt64LE(BigInt(common.readUInt32LE(18)), 4)
  large.writeBigUInt64LE(BigInt(common.readUInt32LE(14)), 12)
  large.writeBigUInt64LE(BigInt(rest.readUInt32LE(10)), 20)
  common.fill(0xff, 14, 22)
  common.writeUInt16LE(large.length, 24)
  rest.fill(0xff, 10)
  return large
}

/** The directory's own large record and the pointer to it, which takes the place of what `end` says. */
function largeEnd(end: Buffer, at: number): Buffer {
  const large = Buffer.alloc(76)
  large.write('PK\x06\x06', 'latin1')
  large.writeBigUInt64LE(44n, 4)
  for (const place of [24, 32]) large.writeBigUInt64LE(BigInt(end.readUInt16LE(8)), place)
  large.writeBigUInt64LE(BigInt(end.readUInt32LE(12)), 40)
  large.writeBigUInt64LE(BigInt(end.readUInt32LE(16)), 48)
  large.write('PK\x06\x07', 56, 'latin1')
  large.writeBigUInt64LE(BigInt(at), 64)
  large.writeUInt32LE(1, 72)
  end.fill(0xff, 8, 20)
  return large
}

type Sheet = { name: string; rows: string; hidden?: boolean }
type Extra = { strings?: string; styles?: string; date1904?: boolean; parts?: Part[]; types?: string; zip64?: boolean }

/** A workbook from the XML of its rows, for what no program writes. */
export function workbookOf(sheets: Sheet[], extra: Extra = {}): Buffer {
  const { strings, styles, date1904, parts = [], types = '', zip64 } = extra
  const kind = (name: string) => `http://schemas.openxmlformats.org/officeDocument/2006/relationships/${name}`
  const relation = (id: string, name: string, target: string) =>
    `<Relationship Id="${id}" Type="${kind(name)}" Target="${target}"/>`
  const relations = sheets.map((_, at) => relation(`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`))
  if (strings !== undefined) relations.push(relation('s', 'sharedStrings', 'sharedStrings.xml'))
  if (styles !== undefined) relations.push(relation('t', 'styles', 'styles.xml'))
  const listed = sheets.map(
    ({ name, hidden }, at) =>
      `<sheet name="${name}" sheetId="${at + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${at + 1}"/>`,
  )
  const all: Part[] = [
    { name: '[Content_Types].xml', content: `<Types>${types}</Types>` },
    {
      name: '_rels/.rels',
      content: `<Relationships>${relation('a', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<workbook><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${listed.join('')}</sheets></workbook>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', content: `<Relationships>${relations.join('')}</Relationships>` },
    ...sheets.map(({ rows }, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      content: `<?xml version="1.0"?><worksheet><sheetData>${rows}</sheetData></worksheet>`,
    })),
    ...(strings === undefined ? [] : [{ name: 'xl/sharedStrings.xml', content: `<sst>${strings}</sst>` }]),
    ...(styles === undefined ? [] : [{ name: 'xl/styles.xml', content: `<styleSheet>${styles}</styleSheet>` }]),
    ...parts,
  ]
  return zipOf(all, { zip64 })
}

/** One row of text cells. */
export const rowOf = (...texts: string[]) =>
  `<row>${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`
