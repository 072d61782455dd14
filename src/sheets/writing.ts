import { Readable } from 'node:stream'
import { writeXlsxStream } from 'hucre/xlsx'

type Rows = AsyncIterable<string[]> | Iterable<string[]>

export const csvType = 'text/csv; charset=utf-8'
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Spreadsheets run what begins like a formula; an apostrophe keeps it text. */
export function csvLine(cells: string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** The mark at the beginning tells Excel that it is UTF-8. */
export function csvStream(header: string[], rows: Rows): Readable {
  return Readable.from(csvLines(header, rows))
}

/**
 * A workbook of one sheet, written as it is read: memory does not grow with the rows. Every cell is text, in a column
 * of text: nothing is taken for a formula, and a number of 18 digits stays whole when it is corrected and saved.
 */
export function xlsxStream(header: string[], rows: Rows, sheetName: string): Readable {
  const columns = header.map((title) => ({
    header: xlsxText(title),
    width: Math.min(Math.max(title.length * 2 + 4, 12), 40),
    numFmt: '@',
  }))
  const written = writeXlsxStream(xlsxRows(rows), {
    name: sheetNamed(sheetName),
    columns,
    freezePane: { rows: 1 },
  })
  return Readable.fromWeb(written as Parameters<typeof Readable.fromWeb>[0])
}

async function* csvLines(header: string[], rows: Rows): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(header)}`
  for await (const cells of rows) yield csvLine(cells)
}

function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r＝＋－＠]/u.test(text) ? `'${text}` : text
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

async function* xlsxRows(rows: Rows): AsyncGenerator<string[]> {
  for await (const cells of rows) yield cells.map(xlsxText)
}

const longestCell = 32_767

/** What XML cannot hold goes; _x0041_ would come back as A. */
function xlsxText(text: string): string {
  return text
    .slice(0, longestCell)
    .toWellFormed()
    .replace(/[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replace(/_x(?=[0-9A-Fa-f]{4}_)/gu, '_x005F_x')
}

/** 31 characters at most, and none that Excel refuses in a name. */
function sheetNamed(name: string): string {
  return (
    name
      .replace(/[[\]:*?/\\']/gu, ' ')
      .slice(0, 31)
      .trim() || 'Sheet1'
  )
}
