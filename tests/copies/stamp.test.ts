import { degrees, PDFDocument, PDFName, PDFRawStream, StandardFonts } from '@cantoo/pdf-lib'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, describe, expect, it } from 'vitest'
import { closeDocuments, renderDocument } from '../../src/documents/printer.ts'
import type { Stamp } from '../../src/documents/stamp.ts'

afterAll(() => closeDocuments())

const words = {
  mark: '商密·机密',
  head: '副本 FB2026000001　许可 FZ2026000001',
  holder: `持有人：${'玄圃'.repeat(30)}`,
  foot: '2026-11-24 14:05 制作',
  notice: '复印、转交须另行批准',
  page: '第 {page} 页，共 {pages} 页',
  across: 'FB2026000001',
}
const stamped = (bytes: Uint8Array) =>
  renderDocument({
    language: 'zh',
    title: 'FB2026000001',
    at: new Date(0),
    words,
    original: { kind: 'pdf', bytes },
  } satisfies Stamp)

async function pagesOf(bytes: Uint8Array) {
  const doc = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
  return Promise.all(
    Array.from({ length: doc.numPages }, async (_, at) => {
      const page = await doc.getPage(at + 1)
      const view = page.getViewport({ scale: 1 })
      const { items } = await page.getTextContent()
      const text = items.map((item) => ('str' in item ? item.str : '')).join('')
      const mark = items.find((item) => 'str' in item && item.str.includes('副本'))
      const [x, y] =
        mark && 'transform' in mark
          ? view.convertToViewportPoint(mark.transform[4] as number, mark.transform[5] as number)
          : []
      return { text, width: view.width, height: view.height, mark: { x, y } }
    }),
  )
}

describe('ARC-13: marks on a PDF', () => {
  it('whichever way up its pages stand and whatever their size, outside of what was there', async () => {
    const doc = await PDFDocument.create()
    const font = await doc.embedFont(StandardFonts.Helvetica)
    for (const angle of [0, 90, 180, 270])
      for (const size of [
        [595, 842],
        [842, 595],
        [150, 220],
      ] as const) {
        const page = doc.addPage([...size])
        page.setRotation(degrees(angle))
        page.drawText('before', { x: 10, y: 10, font, size: 9 })
      }
    const { pdf, pages } = await stamped(await doc.save())
    expect(pages).toBe(12)
    for (const [at, { text, width, height, mark }] of (await pagesOf(pdf)).entries()) {
      const angle = [0, 90, 180, 270][Math.floor(at / 3)]!
      const [w, h] = [
        [595, 842],
        [842, 595],
        [150, 220],
      ][at % 3] as [number, number]
      const upright = angle % 180 === 0
      expect([width, height]).toEqual(upright ? [w, h + 68] : [h, w + 68])
      for (const said of [words.head, words.holder, words.foot, words.notice, `第 ${at + 1} 页，共 12 页`, 'before'])
        expect(text.replaceAll(/\s/gu, '')).toContain(said.replaceAll(/\s/gu, ''))
      // In the strip at the top, from its left edge.
      expect(mark.y).toBeLessThan(34)
      expect(mark.x).toBeLessThan(width / 3)
    }
  })

  it('leaves enclosed files, scripts and whoever wrote it behind', async () => {
    const doc = await PDFDocument.create()
    doc.addPage([300, 300])
    doc.setAuthor('赤水号 掌柜')
    await doc.attach(Buffer.from('another item altogether'), 'other.txt', { mimeType: 'text/plain' })
    doc.addJavaScript('open', 'app.alert("x")')
    const { pdf } = await stamped(await doc.save())
    const copy = await PDFDocument.load(pdf, { updateMetadata: false })
    expect(copy.getAuthor()).toBeUndefined()
    expect(copy.catalog.get(PDFName.of('Names'))).toBeUndefined()
    const kinds = copy.context
      .enumerateIndirectObjects()
      .map(([, object]) => (object instanceof PDFRawStream ? String(object.dict.get(PDFName.of('Type'))) : ''))
    expect(kinds).not.toContain('/EmbeddedFile')
  })
})
