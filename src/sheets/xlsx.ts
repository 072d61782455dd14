import { longestCell, mostColumns, sheetRefused } from './faults.ts'
import type { Workbook, WorkbookSheet } from './workbook.ts'
import { cellText } from './tables.ts'
import { megabyte, partPieces, type Handlers } from './parts.ts'
import { numberText } from './values.ts'

export type XlsxRow = { row: number; cells: string[] }

const largestSheet = 500 * megabyte

/** What stands in a cell whose formula was never worked out by the program that wrote the file. */
export const unworkedFormula = '#FORMULA!'

/**
 * The rows of one sheet that say something, as text: of a formula its last result, dates as 2026-11-22, numbers in
 * digits. The sheet is read no faster than its rows are taken.
 */
export async function* xlsxRows(book: Workbook, { part }: WorkbookSheet): AsyncGenerator<XlsxRow, void, undefined> {
  let ready: XlsxRow[] = []
  const handlers = rowHandlers(book, (row) => ready.push(row))
  for await (const _piece of partPieces(part, largestSheet, handlers)) {
    yield* ready
    ready = []
  }
  yield* ready
}

type Cell = { column: number; type: string; style: number; value: string; formula: boolean; valued: boolean }

function rowHandlers(book: Workbook, done: (row: XlsxRow) => void): Handlers {
  let [row, column, phonetic] = [0, -1, false]
  let cells: string[] = []
  let cell: Cell | null = null

  return {
    open: (tag, { r, s = -1, t = 'n' }) => {
      if (tag === 'row') {
        row = Number(r) || row + 1
        ;[cells, column] = [[], -1]
      } else if (tag === 'c') {
        column = columnOf(r, column + 1)
        cell = { column, style: Number(s), type: t, value: '', formula: false, valued: false }
      } else if (tag === 'rPh') phonetic = true
      else if (tag === 'f' && cell) cell.formula = true
      else if ((tag === 'v' || (tag === 't' && !phonetic)) && cell) return (cell.valued = true)
      return false
    },
    close: (tag) => {
      if (tag === 'rPh') phonetic = false
      if (tag === 'c' && cell) {
        put(cells, cell, textOf(book, cell), row)
        cell = null
      }
      if (tag === 'row' && cells.length > 0) done({ row, cells: Array.from(cells, (text) => text ?? '') })
    },
    text: (piece) => {
      if (cell && cell.value.length <= longestCell) cell.value += piece
    },
  }
}

function put(cells: string[], { column }: Cell, text: string, row: number): void {
  if (text.trim() === '') return
  if (column >= mostColumns) throw sheetRefused('columns', { row, most: mostColumns })
  if (text.length > longestCell) throw sheetRefused('cellTooLong', { row, most: longestCell })
  cells[column] = text
}

function textOf({ strings, looks, from1904 }: Workbook, { type, style, value, formula, valued }: Cell): string {
  if (formula && (!valued || (value === '' && type !== 'str'))) return unworkedFormula
  if (type === 's') {
    const text = value === '' ? '' : strings[Number(value)]
    if (text === undefined) throw sheetRefused('damaged')
    return text
  }
  if (type === 'b') return value === '1' || value === 'true' ? 'TRUE' : value === '' ? '' : 'FALSE'
  if (type === 'd') return value.replace(/T00:00(?::00(?:\.0+)?)?Z?$/u, '').replace('T', ' ')
  if (type !== 'n' || value === '') return cellText(value)
  return numberText(value, looks[style] ?? 'number', from1904)
}

/** B12 is the second; a cell that does not say stands after the one before. */
function columnOf(reference = '', next: number): number {
  const letters = /^\$?([A-Z]{1,3})/u.exec(reference)?.[1]
  if (!letters) return next
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}
