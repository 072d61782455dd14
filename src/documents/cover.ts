import { a4, margin } from './flow.ts'
import type { Cover, Paper } from './paper.ts'
import { inks, mm, type Pen, type Style } from './pen.ts'
import { drawRow, heightOf, type Box, type Row } from './rows.ts'
import { linesOf } from './text.ts'

/** A wider binding edge than the pages inside. */
export const coverBox: Box = { x: 28 * mm, width: a4.width - 48 * mm }

const company: Style = { face: 'regular', size: 11, leading: 17.6, ink: inks.black }
const mark: Style = { face: 'bold', size: 14, leading: 18.2, ink: inks.seal, spacing: 1.96 }
const kind: Style = { face: 'regular', size: 14, leading: 22.4, ink: inks.soft }
const latin: Style = { face: 'regular', size: 10.5, leading: 16.8, ink: inks.soft }
const label: Style = { face: 'regular', size: 10.5, leading: 15.2, ink: inks.soft }
const value: Style = { face: 'regular', size: 10.5, leading: 15.2, ink: inks.black }
const notice: Style = { face: 'regular', size: 9, leading: 14.4, ink: inks.soft }

/** The name as large as it can stand in a few lines. */
const names: { style: Style; lines: number }[] = [
  { style: { face: 'bold', size: 26, leading: 33.8, ink: inks.black, spacing: 1.56 }, lines: 3 },
  { style: { face: 'bold', size: 20, leading: 27, ink: inks.black, spacing: 0.8 }, lines: 4 },
  { style: { face: 'bold', size: 14, leading: 20, ink: inks.black }, lines: 7 },
]

const top = 20 * mm
const titleTop = 83.3 * mm

export function drawCover(pen: Pen, paper: Paper, cover: Cover): void {
  drawOwner(pen, cover.company, paper.head.mark)
  const { bottom, long } = drawTitle(pen, cover, paper.language)
  drawFacts(pen, cover, bottom + 16 * mm, long ? 1 : 2)
  const lines = within(pen, cover.notice, coverBox.width, notice, 6)
  const start = a4.height - margin.foot - 20 - 8 * mm - lines.length * notice.leading
  drawLines(pen, lines, start, notice)
}

function drawOwner(pen: Pen, name: string, secrecy: string): void {
  const stamp = secrecy === '' ? 0 : pen.stamp(secrecy, coverBox.x + coverBox.width, top, coverBox.width / 2, mark)
  drawLines(pen, within(pen, name, coverBox.width - stamp - 8 * mm, company, 2), top, company)
}

/** What the document is, and the name it is about, between two double lines. */
function drawTitle(pen: Pen, cover: Cover, language: Paper['language']): { bottom: number; long: boolean } {
  const spaced = language === 'zh' ? { ...kind, spacing: 7 } : kind
  const { lines, style } = nameLines(pen, cover.name)
  pen.rule('heavy', coverBox.x, titleTop, coverBox.width)
  let y = titleTop + 3 + 12 * mm
  pen.write(pen.fit(cover.kind, coverBox.width, spaced), coverBox.x, y, spaced)
  y = drawLines(pen, lines, y + spaced.leading + 4 * mm, style)
  if (cover.latin) y = drawLines(pen, within(pen, cover.latin, coverBox.width, latin, 2), y + 3 * mm, latin)
  pen.rule('heavy', coverBox.x, y + 12 * mm, coverBox.width)
  return { bottom: y + 12 * mm + 3, long: lines.length > 3 }
}

function nameLines(pen: Pen, name: string): { lines: string[]; style: Style } {
  for (const { style, lines: most } of names) {
    const lines = linesOf(name, coverBox.width, (text) => pen.measure(text, style))
    if (lines.length <= most) return { lines, style }
  }
  const { style, lines } = names.at(-1)!
  return { lines: within(pen, name, coverBox.width, style, lines), style }
}

function drawFacts(pen: Pen, cover: Cover, start: number, most: number): void {
  const widest = Math.max(...cover.facts.map((fact) => pen.measure(fact.label, label)))
  const labels = Math.min(Math.max(27 * mm, widest + 4 * mm), 50 * mm)
  const cell = (text: string, x: number, width: number, style: Style) => {
    const room = width - 4 * mm
    return { x: x + 2 * mm, width: room, lines: within(pen, text, room, style, most), style }
  }
  let y = start
  for (const fact of cover.facts) {
    const row: Row = {
      cells: [
        cell(fact.label, coverBox.x, labels, label),
        cell(fact.value, coverBox.x + labels, coverBox.width - labels, value),
      ],
      pad: 1.3 * mm,
      below: 'hair',
    }
    drawRow(pen, row, coverBox, y)
    y += heightOf(row)
  }
}

/** At most so many lines; the last says with … that there is more. */
function within(pen: Pen, text: string, width: number, style: Style, most: number): string[] {
  const lines = linesOf(text, width, (line) => pen.measure(line, style))
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), pen.fit(`${lines[most - 1]}…${lines[most]}`, width, style)]
}

function drawLines(pen: Pen, lines: string[], y: number, style: Style): number {
  lines.forEach((line, at) => pen.write(line, coverBox.x, y + at * style.leading, style))
  return y + lines.length * style.leading
}
