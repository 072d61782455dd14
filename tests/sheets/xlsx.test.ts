import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { Refused } from '../../src/lib/refused.ts'
import { readSheet, type SheetOptions, type SheetRow } from '../../src/sheets/reading.ts'
import { xlsxStream } from '../../src/sheets/writing.ts'
import { rowOf, workbookOf, zipOf } from '../support/zip.ts'

async function read(file: Uint8Array, options: Partial<SheetOptions> = {}) {
  const bytes = Buffer.from(file)
  const chunks = Array.from({ length: Math.ceil(bytes.length / 5000) }, (_, at) =>
    bytes.subarray(at * 5000, (at + 1) * 5000),
  )
  const sheet = await readSheet(Readable.from(chunks), { filename: '客户.xlsx', ...options })
  const rows: SheetRow[] = []
  for await (const row of sheet.rows) rows.push(row)
  return { ...sheet, rows }
}

async function refusalOf(file: Uint8Array, options: Partial<SheetOptions> = {}) {
  const error: unknown = await read(file, options).catch((caught: unknown) => caught)
  if (!(error instanceof Refused)) throw new Error(`not refused: ${String(error)}`)
  return error.refusals[0]!
}

const head = rowOf('客户名称', '电话')
const cellsOf = async (row: string, extra: Parameters<typeof workbookOf>[1] = {}) =>
  (await read(workbookOf([{ name: '客户', rows: `${head}<row>${row}</row>` }], extra))).rows[0]!.cells

describe('CUS-15: a workbook', () => {
  it('is read as another program wrote it: text, numbers, dates, gaps', async () => {
    const file = await writeXlsx({
      sheets: [
        {
          name: '客户',
          rows: [
            ['客户名称', '电话', '成立日期', '备注'],
            ['桃源里机电有限公司', 13800001234, new Date(Date.UTC(2026, 10, 22)), '=1+1'],
            [null, null, null, null],
            ['九色鹿冷链物流有限公司', '0571-85550123', null, '甲\n乙 & <丙>'],
          ],
        },
      ],
    })
    expect(await read(file)).toMatchObject({
      encoding: 'xlsx',
      header: ['客户名称', '电话', '成立日期', '备注'],
      headerRow: 1,
      sheet: { name: '客户', others: [] },
      rows: [
        { row: 2, cells: ['桃源里机电有限公司', '13800001234', '2026-11-22', '=1+1'] },
        { row: 4, cells: ['九色鹿冷链物流有限公司', '0571-85550123', '', '甲\n乙 & <丙>'] },
      ],
    })
  })

  it('that we wrote comes back to the letter', async () => {
    const text = fc.string({ unit: fc.constantFrom(...'桃源=+-@"\'&<>_x0041_\t\n 0aé𬭳'), maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { maxLength: 8 }), async (rows) => {
        const named = rows.map(([one, other], at) => [`第${at}`, one, other])
        const file = await buffer(xlsxStream(['客户名称', '甲', '乙'], [['第', '', ''], ...named], '结果'))
        const blank = (cell: string) => (cell.trim() === '' ? '' : cell)
        expect((await read(file)).rows.slice(1).map(({ cells }) => cells)).toEqual(named.map((row) => row.map(blank)))
      }),
      { numRuns: 40 },
    )
  })

  it.each([
    ['a phone kept as a number', '<c r="B2"><v>13800001234</v></c>', '13800001234'],
    ['in the notation of machines', '<c r="B2"><v>1.3800001234E10</v></c>', '13800001234'],
    ['18 digits that lost their end', '<c r="B2"><v>9.13301001234567E+17</v></c>', '913301001234567000'],
    ['18 digits that are whole in the file', '<c r="B2"><v>913301001234567891</v></c>', '913301001234567891'],
    ['a sum with noise', '<c r="B2"><v>0.30000000000000004</v></c>', '0.3'],
    ['yes and no', '<c r="B2" t="b"><v>1</v></c>', 'TRUE'],
    ['an error of a formula', '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', '#DIV/0!'],
    ['the last result of a formula', '<c r="B2" t="str"><f>A2&amp;"x"</f><v>0571-85550123</v></c>', '0571-85550123'],
    ['a formula that says nothing', '<c r="B2" t="str"><f>""</f><v></v></c>', ''],
    ['a formula never worked out', '<c r="B2"><f>VLOOKUP(A2,表!A:B,2,0)</f></c>', '#FORMULA!'],
    [
      'text that begins like a formula',
      '<c r="B2" t="inlineStr"><is><t>=HYPERLINK("x")</t></is></c>',
      '=HYPERLINK("x")',
    ],
    [
      'text in runs, without its reading',
      '<c r="B2" t="inlineStr"><is><r><t>138</t></r><rPh><t>读音</t></rPh><r><t>0000</t></r></is></c>',
      '1380000',
    ],
    ['an ISO date', '<c r="B2" t="d"><v>2026-11-22T00:00:00</v></c>', '2026-11-22'],
    ['entities and CDATA', '<c r="B2" t="inlineStr"><is><t>&#x6843;&amp;<![CDATA[<源>]]></t></is></c>', '桃&<源>'],
    ['an entity nobody declared', '<c r="B2" t="inlineStr"><is><t>&a;&nbsp;</t></is></c>', '&a;&nbsp;'],
    ['an entity that is text', '<c r="B2" t="inlineStr"><is><t>&amp;#39;&amp;lt;</t></is></c>', '&#39;&lt;'],
    ['an entity that is text after one that is none', '<c r="B2" t="str"><f>"&#0;"</f><v>&amp;#39;</v></c>', '&#39;'],
    ['NUL and half a character', '<c r="B2" t="inlineStr"><is><t>a&#0;_xD800_b</t></is></c>', 'a\uFFFD\uFFFDb'],
    ['tags with a prefix', '<x:c r="B2"><x:v>5</x:v></x:c>', '5'],
    ['a > in an attribute, a comment', `<c r="B2" x='>'><!-- <v>9</v> --><v>7</v></c>`, '7'],
  ])('cells: %s', async (_, cell, text) => {
    expect(await cellsOf(`<c t="inlineStr"><is><t>桃源里</t></is></c>${cell}`)).toEqual(['桃源里', text])
  })

  const styles = `<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>
    <numFmt numFmtId="165" formatCode="[$-804]yyyy/m/d h:mm;@"/><numFmt numFmtId="166" formatCode="0.00&quot;d&quot;"/>
    <numFmt numFmtId="167" formatCode="[Red]h:mm:ss"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="31"/></cellXfs>`

  it.each([
    [0, '46348', false, '46348'],
    [1, '46348', false, '2026-11-22'],
    [2, '46348', false, '2026-11-22'],
    [3, '46348.5625', false, '2026-11-22 13:30'],
    [4, '1.5', false, '1.5'],
    [5, '0.5625', false, '13:30'],
    [6, '46348', false, '2026-11-22'],
    [1, '44886', true, '2026-11-22'],
    [1, '1', false, '1900-01-01'],
    [1, '61', false, '1900-03-01'],
    [1, '-3', false, '-3'],
  ])('dates: style %i of %s (since 1904: %s) is %s', async (style, value, date1904, text) => {
    const cells = await cellsOf(`<c r="A2"><v>1</v></c><c r="B2" s="${style}"><v>${value}</v></c>`, {
      styles,
      date1904,
    })
    expect(cells[1]).toBe(text)
  })

  it('takes the sheet with the table, and names those it did not read', async () => {
    const file = workbookOf([
      { name: '说明', rows: rowOf('请填写下表') + rowOf('谢谢') },
      { name: '空', rows: '' },
      { name: '旧', rows: head + rowOf('旧客户', '1'), hidden: true },
      { name: '客户', rows: rowOf('客户信息表') + head + rowOf('桃源里', '1') },
    ])
    const isHeader = (cells: string[]) => cells.includes('客户名称')
    expect(await read(file, { isHeader })).toMatchObject({
      sheet: { name: '客户', others: ['说明'] },
      headerRow: 2,
      rows: [{ row: 3, cells: ['桃源里', '1'] }],
    })
  })

  const prefixed = '<x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>桃源里</x:t></x:is></x:c></x:row>'
  const plain = [{ name: '客户', rows: head + rowOf('桃源里') }]
  const part = (name: string) => ({ name, content: 'x' })

  it.each([
    ['with the large sizes of programs that stream', () => workbookOf(plain, { zip64: true })],
    ['with a stray line after its end', () => Buffer.concat([workbookOf(plain), Buffer.from('\r\n<html>')])],
    ['whose rows have a prefix', () => workbookOf([{ name: '客户', rows: head + prefixed }])],
    ['beside names that lead elsewhere', () => workbookOf(plain, { parts: ['../../a', '/b', 'C:\\c', ''].map(part) })],
  ])('%s', async (_, file) => {
    expect(await read(file())).toMatchObject({
      header: ['客户名称', '电话'],
      rows: [{ row: 2, cells: ['桃源里', ''] }],
    })
  })

  it('a part stored unpacked is read bit by bit, and others get their turn', async () => {
    const content = `<worksheet><sheetData>${head}${rowOf('桃源里', '1').repeat(40_000)}</sheetData></worksheet>`
    const parts = [{ name: 'xl/worksheets/sheet1.xml', content, stored: true }]
    const file = workbookOf([{ name: '客户', rows: '' }], { parts })
    let turns = 0
    const turn = () => {
      turns++
      waiting = setImmediate(turn)
    }
    let waiting = setImmediate(turn)
    expect((await read(file)).rows).toHaveLength(40_000)
    clearImmediate(waiting)
    expect(turns).toBeGreaterThan(Buffer.byteLength(content) / 100_000)
  })

  it('a merged cell is its first one; a row of styled blanks is none', async () => {
    const rows = `${head}<row r="2"><c r="A2" s="1"/><c r="B2"/></row><row r="5"><c r="B5"><v>1</v></c></row>`
    expect((await read(workbookOf([{ name: '客', rows }]))).rows).toEqual([{ row: 5, cells: ['', '1'] }])
  })
})

describe('CUS-15: a workbook that cannot be read is refused in words', () => {
  const good = workbookOf([{ name: '客户', rows: head + rowOf('桃源里', '1') }])
  const rows = (xml: string) => workbookOf([{ name: '客户', rows: head + xml }])
  const zeros = (size: number) => Buffer.alloc(size, ' ')
  // Of two parts with one name the last counts.
  const withSheet = (content: string, size?: number) => {
    const parts = [1, 2, 3, 4, 5, 6].map((at) => ({ name: `xl/worksheets/sheet${at}.xml`, content, size }))
    return workbookOf(
      parts.map(({ name }) => ({ name, rows: '' })),
      { parts },
    )
  }

  it.each<[string, () => Uint8Array, string]>([
    ['cut off', () => good.subarray(0, -40), 'damaged'],
    ['cut off at the beginning', () => good.subarray(0, 60), 'damaged'],
    [
      'a damaged byte',
      () => Buffer.from(good.map((byte, at) => (at === good.indexOf('PK\x03\x04', 900) + 90 ? byte ^ 0xff : byte))),
      'damaged',
    ],
    [
      'XML that stops',
      () =>
        zipOf([
          { name: '[Content_Types].xml', content: '<Types>' },
          { name: 'xl/a', content: '' },
        ]),
      'damaged',
    ],
    [
      'a document type',
      () =>
        zipOf([
          { name: '[Content_Types].xml', content: '<!DOCTYPE x [<!ENTITY a "aaa">]><Types/>' },
          { name: 'xl/a', content: '' },
        ]),
      'damaged',
    ],
    ['a text that is not there', () => rows('<row><c t="s"><v>5</v></c></row>'), 'damaged'],
    ['no sheet at all', () => workbookOf([]), 'noSheets'],
    ['empty sheets', () => workbookOf([{ name: '空', rows: '' }]), 'empty'],
    ['a header alone', () => workbookOf([{ name: '客户', rows: head }]), 'noRows'],
    [
      'macros',
      () => workbookOf([{ name: '客户', rows: head }], { parts: [{ name: 'xl/vbaProject.bin', content: 'x' }] }),
      'macros',
    ],
    [
      'macros by its type',
      () =>
        workbookOf([{ name: '客户', rows: head }], {
          types: '<Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>',
        }),
      'macros',
    ],
    [
      'a document',
      () =>
        zipOf([
          { name: '[Content_Types].xml', content: '<Types/>' },
          { name: 'word/document.xml', content: 'xl/' },
        ]),
      'document',
    ],
    [
      '.ods',
      () =>
        zipOf([
          { name: 'mimetype', content: 'x' },
          { name: 'content.xml', content: '<x/>' },
        ]),
      'openDocument',
    ],
    [
      '.xlsb',
      () =>
        zipOf([
          { name: '[Content_Types].xml', content: '<Types/>' },
          { name: 'xl/workbook.bin', content: 'x' },
        ]),
      'binaryWorkbook',
    ],
    ['another archive', () => zipOf([{ name: 'photo.jpg', content: 'x' }]), 'archive'],
    [
      'a password on the archive',
      () =>
        zipOf([
          { name: '[Content_Types].xml', content: '<Types/>', encrypted: true },
          { name: 'xl/a', content: '' },
        ]),
      'encrypted',
    ],
    [
      'a password',
      () =>
        Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), zeros(600), Buffer.from('EncryptedPackage', 'utf16le')]),
      'encrypted',
    ],
    ['an old workbook', () => Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), zeros(600)]), 'excelOld'],
    [
      'more than it says',
      () =>
        zipOf([
          { name: '[Content_Types].xml', content: zeros(5_000_000), size: 9 },
          { name: 'xl/a', content: '' },
        ]),
      'damaged',
    ],
    [
      'a part that unpacks to too much',
      () => workbookOf([{ name: '客户', rows: head }], { styles: ' '.repeat(9_000_000) }),
      'bomb',
    ],
    [
      'entities of its own',
      () => withSheet('<!DOCTYPE x [<!ENTITY a "桃源里"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'),
      'damaged',
    ],
    ['entities from elsewhere', () => withSheet('<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'), 'damaged'],
    ['tags inside each other without end', () => rows('<a>'.repeat(1_000_000)), 'damaged'],
    ['sheets that together unpack to too much', () => withSheet('<worksheet/>', 400_000_000), 'bomb'],
    ['an endless tag', () => rows(`<row><c r="${'A'.repeat(3_000_000)}"/></row>`), 'damaged'],
  ])('%s', async (_, file, fault) => {
    expect((await refusalOf(file())).reason).toBe(`imports:sheet.${fault}`)
  })

  it.each([
    ['a cell far out', '<row r="2"><c r="XFD2"><v>1</v></c></row>', 'columns', { row: 2, most: 200 }],
    [
      'an endless cell',
      `<row r="2"><c t="inlineStr"><is><t>${'长'.repeat(40_000)}</t></is></c></row>`,
      'cellTooLong',
      { row: 2, most: 32_767 },
    ],
  ])('%s, and says where', async (_, xml, fault, params) => {
    expect(await refusalOf(rows(xml))).toMatchObject({ reason: `imports:sheet.${fault}`, params })
  })

  it('one row too many', async () => {
    const file = rows(rowOf('桃源里', '1').repeat(31))
    expect(await refusalOf(file, { mostRows: 30 })).toMatchObject({
      reason: 'imports:sheet.rows',
      params: { most: 30 },
    })
    expect((await read(file, { mostRows: 31 })).rows).toHaveLength(31)
  })

  it('a bomb costs neither memory nor time', async () => {
    const bomb = workbookOf([
      { name: '客户', rows: `${head}${' '.repeat(1_000_000)}`.concat('<row/>'.repeat(3_000_000)) },
    ])
    const started = performance.now()
    const before = process.memoryUsage().rss
    await refusalOf(bomb)
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
    expect(performance.now() - started).toBeLessThan(20_000)
  })

  it('whatever is changed in a file, it is read or refused, nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const file = Buffer.from(good)
        file[at]! ^= by
        const answer = await read(file).catch((error: unknown) => error)
        expect(answer instanceof Error ? answer instanceof Refused : true).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
