import { mm, type Pen, type Style, inks } from './pen.ts'
import { divide, drawRow, heightOf, type Box, type Row } from './rows.ts'

export const a4 = { width: 210 * mm, height: 297 * mm }
export const margin = { top: 16 * mm, foot: 14 * mm, right: 18 * mm, left: 25 * mm }
export const box: Box = { x: margin.left, width: a4.width - margin.left - margin.right }

/** A sheet as it lies, and where on it is written. */
export type Sheet = { height: number; box: Box }
const upright: Sheet = { height: a4.height, box }
const across: Sheet = { height: a4.width, box: { x: margin.right, width: a4.height - 2 * margin.right } }
export const sheetOf = ({ landscape }: { landscape?: boolean }): Sheet => (landscape ? across : upright)

/** Between the head's double line and the foot's. */
const areaOf = ({ height }: Sheet) => ({ top: margin.top + 29 + 2 * mm, bottom: height - margin.foot - 20 - 4 * mm })

const heading: Style = { face: 'bold', size: 12, leading: 19.2, ink: inks.black }
const headingHeight = heading.leading + 1 * mm + 0.75

export type Flow = ReturnType<typeof flowOn>

/** Fills pages from top to bottom: the one place that decides where a page ends. */
export function flowOn(doc: PDFKit.PDFDocument, pen: Pen, sheet = upright) {
  const { box } = sheet
  const area = areaOf(sheet)
  let y = Infinity

  const page = () => doc.bufferedPageRange().count - 1
  const fits = (height: number) => y + height <= area.bottom

  function turn(): void {
    doc.addPage()
    y = area.top
  }

  function draw(row: Row): void {
    drawRow(pen, row, box, y)
    y += heightOf(row)
  }

  function drawDivided(row: Row, turnOver: () => void): void {
    let rest = row
    while (!fits(heightOf(rest))) {
      if (!fits(80)) turnOver()
      const [first, next] = divide(rest, area.bottom - y)
      draw(first)
      turnOver()
      rest = next
    }
    draw(rest)
  }

  /** `opening` is the height of what must not be parted from its heading. Returns where the heading stands. */
  function head(text: string, opening: number): number {
    const above = 6 * mm
    if (!fits(above + headingHeight + opening)) turn()
    else if (y > area.top) y += above
    pen.write(text, box.x, y, heading)
    pen.rule('thin', box.x, y + headingHeight - 0.75, box.width)
    y += headingHeight
    return y - headingHeight
  }

  /** `repeat` stands above the rows on every page they reach; the last `totals` rows stay with the one before them. */
  function place(rows: Row[], repeat?: Row, totals = 0): void {
    const least = rows[0] ? Math.min(heightOf(rows[0]), 60) : 0
    const turnOver = () => {
      turn()
      if (repeat) draw(repeat)
    }
    if (repeat && !fits(heightOf(repeat) + least)) turnOver()
    else if (repeat) draw(repeat)
    rows.forEach((row, at) => {
      const together = totals > 0 && at === rows.length - totals - 1 ? rows.slice(at) : [row]
      const height = together.reduce((sum, each) => sum + heightOf(each), 0)
      if (fits(height)) draw(row)
      else if (height <= area.bottom - area.top - (repeat ? heightOf(repeat) : 0)) {
        turnOver()
        draw(row)
      } else drawDivided(row, turnOver)
    })
  }

  return { head, place, page, box, at: () => y }
}
