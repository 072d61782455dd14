import PDFDocument from 'pdfkit'
import { a4 } from './flow.ts'
import type { Fonts } from './fonts.ts'
import { inks, mm, penFor, type Pen, type Style } from './pen.ts'
import { collect } from './sheets.ts'
import type { Picture, Size, Stamp } from './stamp.ts'

const small: Style = { face: 'regular', size: 7.5, leading: 10.5, ink: inks.black }
const bold: Style = { ...small, face: 'bold' }
const mark: Style = { face: 'bold', size: 8.5, leading: 12, ink: inks.seal, spacing: 0.85 }
/** What is added above and below: nothing of the page itself is covered. */
export const strip = 34
const edge = 5 * mm

/** Each picture on its own sheet, lying where it is wider than high, between the marks. */
export async function onSheets(given: Stamp, pictures: Picture[], fonts: Fonts) {
  const doc = openedFor(given, fonts)
  const chunks = collect(doc)
  const pen = penFor(doc, fonts)
  for (const [at, { bytes, width, height }] of pictures.entries()) {
    const size = width > height ? { width: a4.height, height: a4.width } : a4
    doc.addPage({ size: [size.width, size.height], margin: 0 })
    const fit: [number, number] = [size.width - 2 * edge, size.height - 2 * strip - 2 * edge]
    doc.image(Buffer.from(bytes), edge, strip + edge, { fit, align: 'center', valign: 'center' })
    drawMarks(doc, pen, given, size, [at + 1, pictures.length])
  }
  doc.end()
  return chunks
}

/** One page of marks for each size, nothing between them. */
export async function marksFor(given: Stamp, sizes: readonly Size[], fonts: Fonts) {
  const doc = openedFor(given, fonts)
  const chunks = collect(doc)
  const pen = penFor(doc, fonts)
  for (const [at, { width, height }] of sizes.entries()) {
    doc.addPage({ size: [width, height], margin: 0 })
    drawMarks(doc, pen, given, { width, height }, [at + 1, sizes.length])
  }
  doc.end()
  return chunks
}

function openedFor({ language, title, at }: Stamp, fonts: Fonts): PDFKit.PDFDocument {
  const doc = new PDFDocument({
    margin: 0,
    autoFirstPage: false,
    font: '',
    lang: language === 'zh' ? 'zh-CN' : 'en',
    displayTitle: true,
    info: { Title: title, CreationDate: at },
  })
  for (const face of ['regular', 'bold'] as const) doc.registerFont(face, fonts[face].source as unknown as Buffer)
  return doc
}

function drawMarks(doc: PDFKit.PDFDocument, pen: Pen, { words }: Stamp, size: Size, [page, pages]: [number, number]) {
  const { width, height } = size
  doc.rect(0, 0, width, strip).fill('#ffffff')
  doc.rect(0, height - strip, width, strip).fill('#ffffff')
  across(doc, pen, words.across, size)
  const inset = Math.min(edge, width * 0.03)
  const room = width - 2 * inset
  const seal = words.mark === '' ? 0 : pen.stamp(words.mark, width - inset, 5, room / 3, mark) + inset
  line(pen, words.head, inset, 4.5, room - seal, bold)
  line(pen, words.holder, inset, 16, room - seal, small)
  pen.rule('thin', inset, strip - 3, room, inks.soft)
  const foot = height - strip
  pen.rule('thin', inset, foot + 3, room, inks.soft)
  const counted = words.page.replace('{page}', String(page)).replace('{pages}', String(pages))
  const numbered = Math.min(pen.measure(counted, small), room / 3)
  line(pen, words.foot, inset, foot + 6.5, room - numbered - inset, small)
  line(pen, counted, width - inset - numbered, foot + 6.5, numbered, small)
  line(pen, words.notice, inset, foot + 18, room, bold)
}

/** On one line whatever the page's width: smaller rather than cut, as every word of it must be there. */
function line(pen: Pen, text: string, x: number, y: number, width: number, style: Style): void {
  if (text === '') return
  const scale = Math.min(1, width / pen.measure(text, style))
  pen.write(text, x, y, { ...style, size: style.size * scale })
}

/** Faintly from corner to corner, so that whoever cuts the edges off leaves the number there. */
function across(doc: PDFKit.PDFDocument, pen: Pen, text: string, { width, height }: Size): void {
  if (text === '') return
  const style: Style = { face: 'bold', size: 24, leading: 30, ink: inks.seal }
  const scale = (Math.hypot(width, height) * 0.62) / pen.measure(text, style)
  const size = Math.min(style.size * scale, 44)
  const long = pen.measure(text, { ...style, size })
  doc.save()
  doc.rotate((-Math.atan2(height, width) * 180) / Math.PI, { origin: [width / 2, height / 2] })
  doc.fillOpacity(0.09)
  pen.write(text, (width - long) / 2, height / 2 - size * 0.6, { ...style, size, leading: size * 1.2 })
  doc.restore()
}
