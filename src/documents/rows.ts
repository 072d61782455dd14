import type { Column, Fact } from './paper.ts'
import { inks, mm, type Pen, type Rule, type Style } from './pen.ts'
import { linesOf } from './text.ts'

export type Cell = { x: number; width: number; lines: string[]; style: Style; align?: 'right' | undefined }

/** What is set as one piece and never divided between pages, unless it is longer than a page. */
export type Row = { cells: Cell[]; pad: number; above?: Rule; below?: Rule; code?: string }

export type Box = { x: number; width: number }

export const type = {
  value: { face: 'regular', size: 9, leading: 13, ink: inks.black },
  label: { face: 'regular', size: 9, leading: 13, ink: inks.soft },
  head: { face: 'regular', size: 8, leading: 11.6, ink: inks.soft },
  total: { face: 'bold', size: 9, leading: 13, ink: inks.black },
  text: { face: 'regular', size: 10.5, leading: 16.8, ink: inks.black },
} satisfies Record<string, Style>

const pad = { x: 2 * mm, y: 1.3 * mm }
const codeSize = 30 * mm
const labelWidth = { least: 27 * mm, most: 34 * mm }

export function heightOf(row: Row): number {
  const lines = Math.max(...row.cells.map((cell) => cell.lines.length * cell.style.leading))
  return 2 * row.pad + Math.max(lines, row.code ? codeSize : 0)
}

/** The first lines of a row, and the rest of it. */
export function divide(row: Row, height: number): [Row, Row] {
  const part = (slice: (cell: Cell, lines: number) => string[]) => ({
    ...row,
    cells: row.cells.map((cell) => {
      const lines = Math.max(1, Math.floor((height - 2 * row.pad) / cell.style.leading))
      return { ...cell, lines: slice(cell, lines) }
    }),
  })
  const { below, ...first } = part((cell, lines) => cell.lines.slice(0, lines))
  const { above, ...rest } = part((cell, lines) => cell.lines.slice(lines))
  return [
    { ...first, ...(above && { above }) },
    { ...rest, ...(below && { below }) },
  ]
}

export function drawRow(pen: Pen, row: Row, box: Box, y: number): void {
  if (row.above) pen.rule(row.above, box.x, y, box.width)
  for (const { x, width, lines, style, align } of row.cells)
    lines.forEach((line, at) => {
      const indent = align === 'right' ? width - pen.measure(line, style) : 0
      pen.write(line, x + indent, y + row.pad + at * style.leading, style)
    })
  if (row.code) pen.code(row.code, box.x + pad.x, y + row.pad, codeSize)
  if (row.below) pen.rule(row.below, box.x, y + heightOf(row), box.width)
}

/** Label and value side by side, two pairs to a row; a value of more than one line gets a row of its own. */
export function factRows(pen: Pen, facts: Fact[], box: Box): Row[] {
  const half = box.width / 2
  const widest = Math.max(0, ...facts.map((fact) => pen.measure(fact.label, type.label))) + 2 * pad.x
  const labels = Math.min(Math.max(widest, labelWidth.least), labelWidth.most)
  const pair = (fact: Fact, column: number, width: number): Cell[] => {
    const x = box.x + column * half
    return [
      textCell(pen, fact.label, x, labels, type.label),
      textCell(pen, fact.value || '—', x + labels, width - labels, type.value),
    ]
  }
  const rows: Row[] = []
  let open: Row | undefined
  for (const fact of facts) {
    const cells = pair(fact, open ? 1 : 0, half)
    if (cells[1]?.lines.length === 1) {
      if (open) open.cells.push(...cells)
      else rows.push((open = { cells, pad: pad.y, below: 'hair' }))
      if (open.cells.length === 4) open = undefined
    } else {
      rows.push({ cells: pair(fact, 0, box.width), pad: pad.y, below: 'hair' })
      open = undefined
    }
  }
  return rows
}

/** Sets any row of one table, so that all share its columns. */
export function tableRow(pen: Pen, columns: Column[], box: Box): (texts: string[], style: Style) => Row {
  const fixed = columns.map((column) => column.width && column.width * mm)
  const shared = fixed.filter((width) => width === undefined).length
  const rest = (box.width - fixed.reduce((sum: number, width) => sum + (width ?? 0), 0)) / shared
  return (texts, style) => {
    let x = box.x
    const cells = columns.map((column, at) => {
      const cell = textCell(pen, texts[at] ?? '', x, fixed[at] ?? rest, style)
      x += fixed[at] ?? rest
      return { ...cell, align: column.align }
    })
    return { cells, pad: pad.y, below: 'hair' }
  }
}

/** A code at the left, as much white beside it as its readers want, and its lines. */
export function codeRow(pen: Pen, { code, lines }: { code: string; lines: string[] }, box: Box): Row {
  const left = codeSize + 6 * mm
  const cell = textCell(pen, lines.join('\n'), box.x + left, box.width - left, type.text)
  return { cells: [cell], pad: pad.x, code }
}

export function textRow(pen: Pen, text: string, box: Box, style: Style): Row {
  return { cells: [textCell(pen, text, box.x, box.width, style)], pad: pad.y }
}

function textCell(pen: Pen, text: string, x: number, width: number, style: Style): Cell {
  const room = width - 2 * pad.x
  return { x: x + pad.x, width: room, lines: linesOf(text, room, (line) => pen.measure(line, style)), style }
}
