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
 * of text: nothing is taken for a formula, and a number of 18 digits stays whole when it is corrected and saved. Only
 * the columns at `sums` hold money as numbers, so that they add up.
 */
export function xlsxStream(header: string[], rows: Rows, sheetName: string, sums: readonly number[] = []): Readable {
  const columns = header.map((title, at) => ({
    header: xlsxText(title),
    // A number that does not fit is shown as ####.
    width: Math.min(Math.max(title.length * 2 + 4, sums.includes(at) ? 18 : 12), 40),
    numFmt: sums.includes(at) ? '#,##0.00' : '@',
  }))
  const written = writeXlsxStream(xlsxRows(rows, sums), {
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

async function* xlsxRows(rows: Rows, sums: readonly number[]): AsyncGenerator<(string | number)[]> {
  for await (const cells of rows)
    yield cells.map((text, at) => (sums.includes(at) && money.test(text) ? Number(text) : xlsxText(text)))
}

/** As much as a number holds to the fen. */
const money = /^-?\d{1,13}\.\d{2}$/

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
