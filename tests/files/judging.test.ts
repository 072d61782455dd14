import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { judge } from '../../src/files/judging.ts'
import { extensionOf, safeName, stemOf } from '../../src/files/names.ts'
import { translate } from '../../src/i18n.ts'
import { Refused } from '../../src/lib/refused.ts'
import { zipOf } from '../support/zip.ts'
import { ofdOf, officeOf, onDisk, pdfOf, pictureOf } from './samples.ts'

/** What it is, or why it is not taken. */
async function verdict(name: string, content: Buffer | string): Promise<string> {
  try {
    return await judge(onDisk(content), name)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return error.refusals[0]!.reason.replace('files:refused.', 'no: ')
  }
}

const jpeg = await pictureOf('jpeg')
const png = await pictureOf('png')
const webp = await pictureOf('webp')
const tiff = await pictureOf('tiff')
const archive = zipOf([{ name: 'a.txt', content: '九色鹿' }])
const gb18030 = Buffer.from([0xd6, 0xd0, 0xb9, 0xfa, 0x0d, 0x0a])

describe('what is taken', () => {
  it.each<[string, Buffer | string, string]>([
    ['合同.pdf', pdfOf('a'), 'pdf'],
    ['合同.PDF', pdfOf('b'), 'pdf'],
    ['门面.jpg', jpeg, 'jpeg'],
    ['门面.jpeg', jpeg, 'jpeg'],
    ['章.png', png, 'png'],
    ['章.webp', webp, 'webp'],
    ['扫描.tif', tiff, 'tiff'],
    ['方案.docx', officeOf('docx'), 'docx'],
    ['账.xlsx', officeOf('xlsx'), 'xlsx'],
    ['介绍.pptx', officeOf('pptx'), 'pptx'],
    ['发票.ofd', ofdOf(), 'ofd'],
    ['说明.txt', '广寒宫，月桂树下', 'text'],
    ['名单.csv', '名称,电话\r\n蓬莱阁,\r\n', 'text'],
    ['名单.csv', gb18030, 'text'],
    ['标记.txt', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('桃源')]), 'text'],
  ])('%s', async (name, content, kind) => expect(await verdict(name, content)).toBe(kind))

  it('a photograph whose telephone wrote something behind its end', async () => {
    expect(await verdict('门面.jpg', Buffer.concat([jpeg, Buffer.from('SEFT moving picture')]))).toBe('jpeg')
  })
})

describe('what is two things, or not what it says', () => {
  const swollen = zipOf([{ name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(8_000_000, 0x41) }])
  it.each<[string, string, Buffer | string, string]>([
    ['a page before a PDF', 'a.pdf', Buffer.concat([Buffer.from('<html>'), pdfOf('c')]), 'mixed'],
    ['an archive behind a PDF', 'a.pdf', Buffer.concat([pdfOf('d'), archive]), 'mixed'],
    ['a PDF cut off', 'a.pdf', pdfOf('e').subarray(0, 200), 'damaged'],
    [
      'a PDF whose end leads nowhere',
      'a.pdf',
      Buffer.from(
        pdfOf('f')
          .toString()
          .replace(/startxref\n\d+/, 'startxref\n7'),
      ),
      'damaged',
    ],
    ['a PDF called a picture', 'a.jpg', pdfOf('g'), 'mixed'],
    ['a picture called a PDF', 'a.pdf', jpeg, 'mixed'],
    ['a PNG called JPG', 'a.jpg', png, 'mixed'],
    ['an archive behind a picture', 'a.jpg', Buffer.concat([jpeg, archive]), 'mixed'],
    [
      'an archive behind a picture and a line behind that',
      'a.jpg',
      Buffer.concat([jpeg, archive, Buffer.alloc(200, 10)]),
      'mixed',
    ],
    ['a page behind a picture', 'a.jpg', Buffer.concat([jpeg, Buffer.from('<script>alert(1)</script>')]), 'mixed'],
    ['a picture cut off', 'a.png', png.subarray(0, png.length - 30), 'damaged'],
    ['a head without a picture', 'a.png', png.subarray(0, 60), 'damaged'],
    ['a GIF that is a program too', 'a.gif', 'GIF89a/*\0\0*/=alert(1)', 'picture'],
    ['the same called PNG', 'a.png', 'GIF89a/*\0\0*/=alert(1)', 'picture'],
    ['an archive', 'a.zip', archive, 'archive'],
    ['an archive called docx', 'a.docx', archive, 'mixed'],
    ['a workbook called docx', 'a.docx', officeOf('xlsx'), 'mixed'],
    ['macros', 'a.docx', officeOf('docx', { parts: [{ name: 'word/vbaProject.bin', content: 'x' }] }), 'macros'],
    [
      'macros of an old kind',
      'a.xlsx',
      officeOf('xlsx', { parts: [{ name: 'xl/macrosheets/sheet1.xml', content: 'x' }] }),
      'macros',
    ],
    [
      'a macro document under another name',
      'a.docx',
      officeOf('docx', { type: 'application/vnd.ms-word.document.macroEnabled.main+xml' }),
      'macros',
    ],
    ['docm', 'a.docm', officeOf('docx'), 'macros'],
    [
      'a program packed in',
      'a.docx',
      officeOf('docx', { parts: [{ name: 'word/embeddings/x.exe', content: 'MZ' }] }),
      'programInside',
    ],
    ['a password', 'a.docx', officeOf('docx', { parts: [{ name: 'x', content: 'x', encrypted: true }] }), 'encrypted'],
    [
      'a bomb',
      'a.xlsx',
      officeOf('xlsx', { parts: [{ name: 'xl/a.xml', content: Buffer.alloc(8_000_000, 65) }] }),
      'bomb',
    ],
    [
      'a bomb that hides its size',
      'a.xlsx',
      officeOf('xlsx', { parts: [{ name: 'xl/a.xml', content: 'x', size: 4_000_000_000 }] }),
      'bomb',
    ],
    ['a bomb called ofd', 'a.ofd', swollen, 'bomb'],
    [
      'thousands of parts',
      'a.docx',
      officeOf('docx', { parts: Array.from({ length: 5001 }, (_, at) => ({ name: `word/${at}`, content: '' })) }),
      'bomb',
    ],
    [
      'a name that leads out',
      'a.docx',
      officeOf('docx', { parts: [{ name: '../../etc/passwd', content: 'x' }] }),
      'damaged',
    ],
    ['an old document', 'a.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old'],
    [
      'the same called docx',
      'a.docx',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
      'old',
    ],
    ['SVG', 'a.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', 'markup'],
    ['a page', 'a.html', '<!doctype html><p>', 'markup'],
    ['a page called text', 'a.txt', '\ufeff  <!DOCTYPE html><script>', 'markup'],
    ['SVG called text', 'a.txt', '<svg onload=alert(1)>', 'markup'],
    ['a script', 'a.txt', '#!/bin/sh\n', 'markup'],
    ['a program', 'a.exe', 'MZ\x90\0', 'program'],
    [
      'a program called text',
      'a.txt',
      Buffer.concat([Buffer.from('MZ\x90\0\x03', 'latin1'), Buffer.alloc(300)]),
      'program',
    ],
    ['text with NUL', 'a.txt', '桃源\0', 'encoding'],
    ['broken bytes', 'a.csv', Buffer.from([0xd6, 0xff, 0x41, 0x80]), 'encoding'],
    ['UTF-16', 'a.txt', Buffer.from('\ufeff桃源', 'utf16le'), 'encoding'],
    ['nothing', 'a.pdf', '', 'empty'],
    ['no ending', 'README', 'x', 'kind'],
    ['another ending', 'a.dwg', 'AC1032', 'kind'],
  ])('%s is refused (%s)', async (_what, name, content, reason) =>
    expect(await verdict(name, content)).toBe(`no: ${reason}`),
  )

  it('pictures of more pixels than can be shown, whatever they weigh', async () => {
    const wide = await sharp({ create: { width: 16_000, height: 8000, channels: 3, background: '#fff' } })
      .png({ compressionLevel: 9 })
      .toBuffer()
    expect(wide.length).toBeLessThan(1_000_000)
    expect(await verdict('a.png', wide)).toBe('no: pixels')
  })

  it('noise is never taken, and never breaks the judge', async () => {
    const endings = ['pdf', 'png', 'jpg', 'webp', 'tif', 'docx', 'xlsx', 'ofd']
    const heads = [
      Buffer.alloc(0),
      pdfOf('h').subarray(0, 20),
      png.subarray(0, 20),
      jpeg.subarray(0, 20),
      archive.subarray(0, 40),
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...endings),
        fc.constantFrom(...heads),
        fc.uint8Array({ maxLength: 400 }),
        async (ending, head, noise) => {
          expect(await verdict(`a.${ending}`, Buffer.concat([head, noise]))).toMatch(/^no: /)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('every sentence that refuses a kind says what is taken instead', () => {
    for (const reason of ['kind', 'mixed', 'program', 'archive', 'markup'] as const)
      for (const language of ['zh', 'en'] as const)
        expect(translate[language](`files:refused.${reason}`)).toMatch(/OFD.*CSV/)
  })
})

describe('names', () => {
  it.each([
    ['合同.pdf', '合同.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\lu\\合同.pdf', '合同.pdf'],
    ['a\r\nSet-Cookie: x=1.pdf', 'aSet-Cookie： x=1.pdf'],
    ['“甲方”"乙方".pdf', '“甲方””乙方”.pdf'],
    ['nul\0l.pdf', 'null.pdf'],
    ['发票\u202Efdp.exe', '发票fdp.exe'],
    ['\u200F合同.pdf', '合同.pdf'],
    ['..', ''],
    ['  .htaccess ', 'htaccess'],
  ])('%j is kept as %j', (given, kept) => expect(safeName(given)).toBe(kept))

  it('of a long one the middle goes and the ending stays', () => {
    const name = safeName(`${'长'.repeat(300)}.docx`)
    expect([...name]).toHaveLength(150)
    expect(name).toMatch(/^长+….docx$/)
    expect([extensionOf(name), stemOf('合同.v2.pdf')]).toEqual(['docx', '合同.v2'])
  })

  it('whatever is given, what is kept is safe, and stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
        const name = safeName(given)
        expect(name).not.toMatch(/[\p{Cc}\p{Surrogate}/\\<>:"|?*\u202A-\u202E\u2066-\u2069]/u)
        expect([...name].length).toBeLessThanOrEqual(150)
        expect(safeName(name)).toBe(name)
      }),
    )
  })
})
