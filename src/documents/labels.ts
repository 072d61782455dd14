import { createHash } from 'node:crypto'
import type { Fonts } from './fonts.ts'
import { inks, mm, penFor, type Pen, type Style } from './pen.ts'
import { collect, newDocument, readable, type Typeset } from './sheets.ts'

/** Labels as data, 70 × 37 mm: three across and eight down on a sheet of A4, or one on each page of a label printer's roll. */
export type Labels = {
  language: 'zh' | 'en'
  title: string
  company: string
  printedAt: Date
  /** Null for a roll; else the first free label of the first sheet, from 1, left to right and top to bottom. */
  start: number | null
  labels: Label[]
}

/** `number` is all that the code holds; `lines` are small and cut where they are too long. */
export type Label = { number: string; place: string; room: string; mark: string; lines: string[] }

export const labelsOnSheet = 24
const across = 3
const size = { width: 70 * mm, height: 37 * mm }
// Eight rows of 37 mm leave one millimetre of a sheet.
const top = 0.5 * mm

const style: Record<'number' | 'place' | 'small' | 'mark', Style> = {
  number: { face: 'bold', size: 14, leading: 18, ink: inks.black },
  place: { face: 'bold', size: 17, leading: 21, ink: inks.black },
  small: { face: 'regular', size: 7.5, leading: 10, ink: inks.black },
  mark: { face: 'bold', size: 8.5, leading: 10.5, ink: inks.black, spacing: 0.6 },
}

export async function printLabels(given: Labels, fonts: Fonts): Promise<Typeset> {
  const missing = new Set<string>()
  const wanted = readable(given, fonts, missing)
  const { language, title, company, printedAt, start, labels } = wanted
  const doc = newDocument({ language, title, author: company, printedAt }, fonts)
  const chunks = collect(doc)
  const pen = penFor(doc, fonts)
  labels.forEach((label, at) => {
    const cell = start === null ? 0 : (start - 1 + at) % labelsOnSheet
    if (start === null) doc.addPage({ size: [size.width, size.height], margin: 0 })
    else if (at === 0 || cell === 0) doc.addPage()
    const x = (cell % across) * size.width
    drawLabel(pen, label, { x, y: start === null ? 0 : top + Math.floor(cell / across) * size.height })
  })
  const pages = doc.bufferedPageRange().count
  doc.end()
  const pdf = await chunks
  return { pdf, pages, sha256: createHash('sha256').update(pdf).digest('hex'), missing: [...missing] }
}

const code = 20.5 * mm
const pad = 4 * mm

/** The number over all of it, the code below at the left, and beside it place, lines and mark. */
function drawLabel(pen: Pen, label: Label, { x, y }: { x: number; y: number }): void {
  const width = size.width - 2 * pad
  pen.write(pen.fit(label.number, width, style.number), x + pad, y + 3 * mm, style.number)
  pen.code(label.number, x + pad, y + 11.5 * mm, code)
  // As much white beside the code as its readers want.
  const [left, room] = [x + pad + code + pad, width - code - pad]
  if (label.place) pen.write(label.place, left, y + 11 * mm, style.place)
  const small = [label.room, ...label.lines].filter(Boolean)
  const below = y + 11 * mm + (label.place ? style.place.leading : 0)
  small.forEach((line, at) =>
    pen.write(pen.fit(line, room, style.small), left, below + at * style.small.leading, style.small),
  )
  pen.stamp(label.mark, x + size.width - pad, y + size.height - 2 * mm - 16.5, room, style.mark)
}
