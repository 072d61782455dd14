import { createHash } from 'node:crypto'
import PDFDocument from 'pdfkit'
import { coverBox, drawCover } from './cover.ts'
import { drawFoot, drawHead } from './edges.ts'
import { flowOn, sheetOf } from './flow.ts'
import type { Fonts } from './fonts.ts'
import type { Paper } from './paper.ts'
import { penFor, type Pen } from './pen.ts'
import { drawPageNumbers, drawSections } from './sections.ts'
import { printable } from './text.ts'

/** `missing` lists the characters (U+2A6A5) that had to be printed as 〓. */
export type Typeset = { pdf: Uint8Array<ArrayBuffer>; pages: number; sha256: string; missing: string[] }

/** Sets a document in type. The same paper always gives the same bytes, whatever was printed before it. */
export async function printPaper(given: Paper, fonts: Fonts): Promise<Typeset> {
  const missing = new Set<string>()
  const { enclosed: _enclosed, password, ...text } = given
  const paper = readable(text, fonts, missing)
  const doc = newDocument({ ...paper, author: paper.head.company, ...(password ? { password } : {}) }, fonts)
  const chunks = collect(doc)
  const pen = penFor(doc, fonts)
  if (paper.cover) {
    doc.addPage()
    drawCover(pen, paper, paper.cover)
  }
  const flow = flowOn(doc, pen, sheetOf(paper))
  const contents = drawSections(doc, pen, flow, paper)
  drawPageNumbers(doc, pen, flow, contents)
  drawEdges(doc, pen, paper)
  const pages = doc.bufferedPageRange().count
  for (const { bytes, ...about } of given.enclosed ?? [])
    doc.file(bytes as Buffer, { ...about, creationDate: given.printedAt, modifiedDate: given.printedAt })
  doc.end()
  const pdf = await chunks
  return { pdf, pages, sha256: createHash('sha256').update(pdf).digest('hex'), missing: [...missing] }
}

/** The same paper with every string as the fonts can print it. */
export function readable<T extends object>(paper: T, fonts: Fonts, missing: Set<string>): T {
  const has = (codePoint: number) => fonts.regular.has(codePoint) && fonts.bold.has(codePoint)
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return printable(value, has, missing)
    if (Array.isArray(value)) return value.map(clean)
    if (value === null || typeof value !== 'object' || value instanceof Date) return value
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, clean(each)]))
  }
  return clean(paper) as T
}

type About = Pick<Paper, 'language' | 'title' | 'printedAt' | 'landscape' | 'password'> & { author: string }
export function newDocument(about: About, fonts: Fonts): PDFKit.PDFDocument {
  const doc = new PDFDocument({
    size: 'A4',
    layout: about.landscape ? 'landscape' : 'portrait',
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    font: '',
    lang: about.language === 'zh' ? 'zh-CN' : 'en',
    displayTitle: true,
    ...(about.password ? { pdfVersion: '1.7ext3', userPassword: about.password, ownerPassword: about.password } : {}),
    info: { Title: about.title, Author: about.author, CreationDate: about.printedAt },
  })
  // pdfkit takes an opened fontkit font since 0.20; its types do not say so yet.
  for (const face of ['regular', 'bold'] as const) doc.registerFont(face, fonts[face].source as unknown as Buffer)
  return doc
}

/** All that a document writes, once it has ended. */
export async function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  for await (const chunk of doc) chunks.push(chunk as Uint8Array)
  const pdf = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    pdf.set(chunk, at)
    at += chunk.length
  }
  return pdf
}

function drawEdges(doc: PDFKit.PDFDocument, pen: Pen, paper: Paper): void {
  const { count } = doc.bufferedPageRange()
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(page)
    if (page === 0 && paper.cover) drawFoot(pen, paper, paper.foot.cover, coverBox)
    else {
      drawHead(pen, paper)
      drawFoot(pen, paper, pageText(paper.foot.page, page + 1, count))
    }
  }
}

function pageText(pattern: string, page: number, pages: number): string {
  return pattern.replace('{page}', String(page)).replace('{pages}', String(pages))
}
