import type { Flow } from './flow.ts'
import type { Block, Paper } from './paper.ts'
import { mm, type Pen } from './pen.ts'
import { codeRow, factRows, heightOf, tableRow, textRow, type, type Box, type Row } from './rows.ts'

/** A line of the list of sections: where it stands, and the page it names. */
export type Entry = { page: number; y: number; names: number }

export function drawSections(doc: PDFKit.PDFDocument, pen: Pen, flow: Flow, paper: Paper): Entry[] {
  const titles = paper.sections.map((section, at) => ordinal(at + 1, paper.language) + section.title)
  const entries = paper.index === undefined ? [] : drawIndex(pen, flow, paper.index, titles)
  paper.sections.forEach(({ blocks }, at) => {
    const pieces = blocks.map((block) => setBlock(pen, block, flow.box))
    const y = flow.head(titles[at] ?? '', openingOf(pieces))
    doc.outline.addItem(titles[at] ?? '')
    doc.addNamedDestination(`section-${at}`, 'XYZ', null, y, null)
    const entry = entries[at]
    if (entry) entry.names = flow.page()
    for (const { rows, repeat, totals } of pieces) flow.place(rows, repeat, totals)
  })
  return entries
}

function drawIndex(pen: Pen, flow: Flow, heading: string, titles: string[]): Entry[] {
  flow.head(heading, 0)
  return titles.map((title) => {
    const { x, width } = flow.box
    const row: Row = { ...textRow(pen, title, { x, width: width - indexNumber }, type.value), below: 'hair' }
    flow.place([row])
    return { page: flow.page(), y: flow.at() - heightOf(row), names: 0 }
  })
}

const indexNumber = 15 * mm

/** Only now are the pages known. */
export function drawPageNumbers(doc: PDFKit.PDFDocument, pen: Pen, { box }: Flow, entries: Entry[]): void {
  entries.forEach(({ page, y, names }, at) => {
    doc.switchToPage(page)
    const number = String(names + 1)
    const right = box.x + box.width - 2 * mm
    pen.write(number, right - pen.measure(number, type.value), y + 1.3 * mm, type.value)
    doc.goTo(box.x, y, box.width, type.value.leading + 2.6 * mm, `section-${at}`)
  })
}

type Piece = { rows: Row[]; repeat?: Row; totals?: number }

function setBlock(pen: Pen, block: Block, box: Box): Piece {
  if (block.kind === 'facts') return { rows: factRows(pen, block.facts, box) }
  if (block.kind === 'text') return { rows: [textRow(pen, block.text, box, type.text)] }
  if (block.kind === 'code') return { rows: [codeRow(pen, block, box)] }
  const row = tableRow(pen, block.columns, box)
  const repeat: Row = {
    ...row(
      block.columns.map((column) => column.title),
      type.head,
    ),
    below: 'line',
  }
  const totals = (block.totals ?? []).map((texts) => row(texts, type.total))
  const first = totals[0]
  const last = totals.at(-1)
  if (first) first.above = 'line'
  if (last) last.below = 'double'
  return { rows: [...block.rows.map((texts) => row(texts, type.value)), ...totals], repeat, totals: totals.length }
}

/** The height of what must not be parted from its heading: notes, and the first row of what they introduce. */
function openingOf(pieces: Piece[]): number {
  const next = pieces.findIndex((piece) => piece.repeat)
  const opening = pieces.slice(0, Math.max(next, 0) + 1).flatMap(({ repeat, rows: [first] }) => [repeat, first])
  return opening.reduce((sum, row) => sum + (row ? Math.min(heightOf(row), 60) : 0), 0)
}

const numerals = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 一、 十二、 in Chinese, 1. in English. */
function ordinal(number: number, language: Paper['language']): string {
  if (language === 'en') return `${number}. `
  const tens = Math.floor(number / 10)
  return `${tens > 1 ? numerals[tens] : ''}${tens > 0 ? '十' : ''}${numerals[number % 10]}、`
}
