import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodingOf } from '../../src/sheets/encoding.ts'
import { Refused } from '../../src/lib/refused.ts'
import { readSheet, type SheetOptions, type SheetRow } from '../../src/sheets/reading.ts'

/** GB18030 by looking each character up in the decoder, for there is no encoder in Node. */
const gbBytes = new Map<string, number[]>()
const gb = new TextDecoder('gb18030')
for (let lead = 0x81; lead <= 0xfe; lead++)
  for (let trail = 0x40; trail <= 0xfe; trail++) {
    const character = gb.decode(Uint8Array.of(lead, trail))
    if (character.length === 1 && character !== '\ufffd' && !gbBytes.has(character))
      gbBytes.set(character, [lead, trail])
  }
const toGb = (text: string) =>
  Buffer.from(Array.from(text).flatMap((one) => (one < '\x80' ? [one.charCodeAt(0)] : gbBytes.get(one)!)))

const chunked = (bytes: Buffer, sizes: number[]) => {
  const chunks: Buffer[] = []
  for (let [at, turn] = [0, 0]; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length]!
    chunks.push(bytes.subarray(at, at + size))
    at += size
  }
  return Readable.from(chunks)
}

async function read(bytes: Buffer | string, options: Partial<SheetOptions> = {}, sizes = [65_536]) {
  const sheet = await readSheet(chunked(Buffer.from(bytes), sizes), { filename: '客户.csv', ...options })
  const rows: SheetRow[] = []
  for await (const row of sheet.rows) rows.push(row)
  return { ...sheet, rows }
}

async function refusalOf(bytes: Buffer | string, options: Partial<SheetOptions> = {}) {
  const error: unknown = await read(bytes, options).catch((caught: unknown) => caught)
  if (!(error instanceof Refused)) throw new Error(`not refused: ${JSON.stringify(error)}`)
  return error.refusals[0]!
}

const small = '客户名称,联系电话\n桃源里机电有限公司,0571-85550123\n九色鹿冷链物流有限公司,13800001234\n'

describe('CUS-15: encoding', () => {
  it.each([
    ['UTF-8', Buffer.from(small), 'utf-8'],
    ['UTF-8 with a byte-order mark', Buffer.from(`\ufeff${small}`), 'utf-8'],
    ['GB18030', toGb(small), 'gb18030'],
    ['plain ASCII', Buffer.from('name,phone\nTaoyuanli,1\n'), 'utf-8'],
  ])('reads %s', async (_, bytes, encoding) => {
    const sheet = await read(bytes)
    expect(sheet.encoding).toBe(encoding)
    expect(sheet.header[0]).toMatch(/^(?:客户名称|name)$/)
    expect(sheet.rows[0]!.cells[0]).toMatch(/^(?:桃源里机电有限公司|Taoyuanli)$/)
  })

  it('does not turn a UTF-8 file to rubbish for some broken fields', async () => {
    const broken = Buffer.concat([Buffer.from(small), toGb('有限公司有限公司'), Buffer.from(',1\n云梦泽水产,2\n')])
    const sheet = await read(broken)
    expect(sheet.encoding).toBe('utf-8')
    expect(sheet.rows[2]!.cells[0]).toContain('\ufffd')
    expect(sheet.rows[3]!.cells[0]).toBe('云梦泽水产')
  })

  it('a character cut by the end of the sample decides nothing', () => {
    const bytes = Buffer.from('桃源里机电')
    for (let cut = 4; cut < bytes.length; cut++) expect(encodingOf(bytes.subarray(0, cut))).toBe('utf-8')
  })

  it('Chinese past the first megabytes of ASCII is still read', async () => {
    const sheet = await read(
      Buffer.concat([Buffer.from(`a,b\n${`${'x'.repeat(999)},1\n`.repeat(3500)}`), toGb('桃源里,2\n')]),
    )
    expect(sheet.encoding).toBe('gb18030')
    expect(sheet.rows.at(-1)!.cells[0]).toBe('桃源里')
  })

  it.each([
    ['UTF-16 with its mark', Buffer.from(`\ufeff${small}`, 'utf16le'), 'imports:sheet.utf16'],
    ['UTF-16 without', Buffer.from(small, 'utf16le'), 'imports:sheet.utf16'],
    [
      'neither',
      Buffer.from(Array.from({ length: 3000 }, (__, at) => 1 + ((at * 7919) % 255))),
      'imports:sheet.encoding',
    ],
  ])('refuses %s', async (_, bytes, reason) => expect((await refusalOf(bytes)).reason).toBe(reason))
})

describe('CUS-15: what is no table', () => {
  it.each([
    ['nothing', Buffer.from(''), 'imports:sheet.empty'],
    ['blank lines', Buffer.from('\n \n\n'), 'imports:sheet.empty'],
    ['a workbook that was cut off', Buffer.from('PK\x03\x04....[Content_Types].xml'), 'imports:sheet.damaged'],
    ['another archive', Buffer.from('PK\x03\x04....photo.jpg'), 'imports:sheet.archive'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'imports:sheet.excelOld'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'imports:sheet.pdf'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d]), 'imports:sheet.picture'],
    ['a web page named .csv', Buffer.from('\n<html><table><tr><td>桃源里</td></tr></table>'), 'imports:sheet.html'],
    ['bytes', Buffer.from([0x61, 0x2c, 0x00, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x0a]), 'imports:sheet.binary'],
    ['a header alone', Buffer.from('客户名称,电话\n'), 'imports:sheet.noRows'],
  ])('refuses %s', async (_, bytes, reason) => expect((await refusalOf(bytes)).reason).toBe(reason))
})

describe('CUS-15: rows', () => {
  it('counts the lines as an editor does', async () => {
    const { rows } = await read('名称,备注\r\n桃源里,"第一行\r\n第二行"\r\n\r\n,\r\n九色鹿,x')
    expect(rows).toEqual([
      { row: 2, cells: ['桃源里', '第一行\n第二行'] },
      { row: 6, cells: ['九色鹿', 'x'] },
    ])
  })

  it.each([',', '\t', ';'])('finds the separator %j', async (mark) => {
    const sheet = await read(`名称${mark}电话\n桃源里${mark}1\n`)
    expect(sheet).toMatchObject({ delimiter: mark, header: ['名称', '电话'] })
  })

  it('finds the header below a title, and falls back to the first row', async () => {
    const isHeader = (cells: string[]) => cells.includes('名称')
    expect(await read('客户表,\n2026年,\n名称,电话,\n桃源里,1,\n', { isHeader })).toMatchObject({
      header: ['名称', '电话'],
      headerRow: 3,
      rows: [{ row: 4, cells: ['桃源里', '1', ''] }],
    })
    expect(await read('甲,乙\n桃源里,1\n', { isHeader })).toMatchObject({ headerRow: 1, rows: [{ row: 2 }] })
  })

  it('keeps quotes that quote nothing', async () => {
    const { rows } = await read('名称,备注\n桃"源"里,1\n"九色"鹿,2\n"a""b",3\n')
    expect(rows.map((row) => row.cells[0])).toEqual(['桃"源"里', '"九色"鹿', 'a"b'])
  })

  it.each([
    ['a quote that is never closed', '名称,电话\n桃源里,1\n"九色鹿,2\n云梦泽,3\n', 'quoteOpen', { row: 3 }],
    ['the same in a long file', `名称,电话\n"桃源里,1\n${'云梦泽,3\n'.repeat(200_000)}`, 'quoteOpen', { row: 2 }],
    ['a file that was cut off', '名称,电话\n桃源里,1\n九色', 'cutOff', { row: 3 }],
    ['too many columns', `名称,电话\n${','.repeat(300)}x\n`, 'columns', { row: 2, most: 200 }],
    ['an endless cell', `名称,电话\n桃源里,${'长'.repeat(40_000)}\n`, 'cellTooLong', { row: 2, most: 32_767 }],
    ['an endless line', `名称,电话\n桃源里,${'长'.repeat(1_200_000)}\n`, 'cellTooLong', { row: 2, most: 32_767 }],
  ])('refuses %s and says where', async (_, text, fault, params) => {
    expect(await refusalOf(text)).toEqual({ rule: 'CUS-15', reason: `imports:sheet.${fault}`, field: 'file', params })
  })

  it('short rows at the end of a ragged file are no sign of a cut', async () => {
    expect((await read('名称,电话\n桃源里\n九色鹿')).rows).toHaveLength(2)
  })

  it('stops at the row limit: the last allowed row passes, the next is refused', async () => {
    const text = (rows: number) => `名称,电话\n${'桃源里,1\n'.repeat(rows)}`
    expect((await read(text(30), { mostRows: 30 })).rows).toHaveLength(30)
    expect(await refusalOf(text(31), { mostRows: 30 })).toMatchObject({
      reason: 'imports:sheet.rows',
      params: { most: 30 },
    })
  })

  it('lets go of the source when it refuses and when the reader stops early', async () => {
    const refused = Readable.from([Buffer.from('%PDF-1.7')])
    await readSheet(refused, { filename: 'a.csv' }).catch(() => {})
    expect(refused.destroyed).toBe(true)
    const stopped = Readable.from(Array.from({ length: 100 }, () => Buffer.from('桃源里,1\n'.repeat(40_000))))
    const sheet = await readSheet(stopped, { filename: 'a.csv' })
    for await (const row of sheet.rows) if (row.row > 3) break
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(stopped.destroyed).toBe(true)
  })

  const cell = fc.string({ unit: fc.constantFrom(...'桃源里机电冷链鹿abc09,"\n\r; \t，（）'), maxLength: 8 })
  const table = fc.array(fc.tuple(fc.constantFrom('桃源里机电', '九色鹿冷链', '云梦泽'), cell, cell), {
    minLength: 1,
    maxLength: 12,
  })
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

  it('reads back what was written, in either encoding, wherever the chunks are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        fc.boolean(),
        async (rows, sizes, wide) => {
          const text = [['客户名称', '备注', '说明'], ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('')
          const sheet = await read(wide ? toGb(text) : text, {}, sizes)
          expect(sheet.rows.map((row) => row.cells)).toEqual(
            rows.map((row) => row.map((text) => text.replace(/\r\n?/g, '\n'))),
          )
        },
      ),
      { numRuns: 60 },
    )
  })
})
