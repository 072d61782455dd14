import type { Readable } from 'node:stream'
import { csvRows, delimiterOf } from './csv.ts'
import { bytesOf, decode, encodingOf, readStart, type Encoding, type Ending } from './encoding.ts'
import { isZip, notText } from './file-type.ts'
import { sheetRefused } from './faults.ts'
import { checked, headerOf, rowsBeforeHeader, trimmed } from './rows.ts'
import { openWorkbook, type Workbook, type WorkbookSheet } from './workbook.ts'
import { xlsxRows } from './xlsx.ts'

export type SheetRow = {
  /** the line of the file on which the row begins, as an editor counts; in a workbook the number of the row */
  row: number
  cells: string[]
}

export type Sheet = {
  encoding: Encoding | 'xlsx'
  delimiter: string
  header: string[]
  headerRow: number
  /** of a workbook: the sheet that is read, and those that hold something and are not */
  sheet: { name: string; others: string[] } | null
  /** the rows below the header; may be walked once */
  rows: AsyncIterable<SheetRow>
}

export type SheetOptions = {
  filename: string
  /** tells a header from a title above it; the first 10 rows are asked, and the first row is the header if none is */
  isHeader?: (cells: string[]) => boolean
  mostRows?: number
}

/**
 * Reads an uploaded table as a stream: CSV or tab-separated text in UTF-8 or GB18030, or .xlsx. What cannot be read is
 * refused in words (CUS-15); a refusal may also come while the rows are walked.
 */
export async function readSheet(source: Readable, options: SheetOptions): Promise<Sheet> {
  try {
    const chunks = bytesOf(source)
    const start = await readStart(chunks)
    if (isZip(start)) return await openXlsx(await whole(start, chunks), options)
    return await openText(start, chunks, options)
  } catch (error) {
    source.destroy()
    throw error
  }
}

type Chunks = AsyncGenerator<Buffer, void, undefined>

async function openText(start: Buffer, chunks: Chunks, options: SheetOptions): Promise<Sheet> {
  const { isHeader, mostRows = 200_000 } = options
  const wrong = notText(start)
  if (wrong === 'excelOld' && isLocked(await whole(start, chunks))) throw sheetRefused('encrypted')
  if (wrong) throw sheetRefused(wrong)
  const encoding = encodingOf(start)
  if (!encoding) throw sheetRefused('encoding')
  const ending: Ending = { newline: true }
  const text = decode(start, chunks, encoding, ending)
  const first = await text.next()
  if (first.done || first.value.trim() === '') throw sheetRefused('empty')
  const delimiter = delimiterOf(first.value)
  const records = csvRows(joined(first.value, text), delimiter)
  const { header, below } = await headerOf(records, isHeader)
  const names = trimmed(header.cells)
  const rows = checked(below, records, names.length, mostRows, ending)
  return { encoding, delimiter, header: names, headerRow: header.row, sheet: null, rows }
}

async function openXlsx(file: Buffer, { filename, isHeader, mostRows = 200_000 }: SheetOptions): Promise<Sheet> {
  // A zip that was cut off has lost its directory, and with it what it was.
  if (!file.includes('PK\x05\x06') && !/\.xls[xmb]$/iu.test(filename) && !file.includes('[Content_Types].xml'))
    throw sheetRefused('archive')
  const book = await openWorkbook(file)
  const { chosen, others } = await tableIn(book, isHeader)
  const records = xlsxRows(book, chosen)
  const { header, below } = await headerOf(records, isHeader)
  const names = trimmed(header.cells)
  const rows = padded(checked(below, records, names.length, mostRows, { newline: true }), names.length)
  const sheet = { name: chosen.name, others }
  return { encoding: 'xlsx', delimiter: '', header: names, headerRow: header.row, sheet, rows }
}

/** The first sheet that has a header and rows, else the first that says anything; those that are shown come first. */
async function tableIn(book: Workbook, isHeader: SheetOptions['isHeader']) {
  const found: { sheet: WorkbookSheet; isTable: boolean }[] = []
  for (const sheet of book.sheets.toSorted((one, other) => Number(one.hidden) - Number(other.hidden))) {
    const first: SheetRow[] = []
    for await (const row of xlsxRows(book, sheet)) if (first.push(row) > rowsBeforeHeader) break
    const header = first.findIndex(({ cells }) => !isHeader || isHeader(trimmed(cells)))
    if (first.length > 0) found.push({ sheet, isTable: header >= 0 && header < first.length - 1 })
  }
  const chosen = (found.find(({ isTable }) => isTable) ?? found[0])?.sheet
  if (!chosen) throw sheetRefused(book.sheets.length === 0 ? 'noSheets' : 'empty')
  const others = found.map(({ sheet }) => sheet).filter((sheet) => sheet !== chosen && !sheet.hidden)
  return { chosen, others: others.map(({ name }) => name) }
}

async function* joined(first: string, rest: AsyncGenerator<string, void, undefined>): AsyncGenerator<string> {
  yield first
  for await (const text of rest) {
    if (text.includes('\0')) throw sheetRefused('binary')
    yield text
  }
}

/** Workbooks leave out the empty cells at the end of a row; that is no short row. */
async function* padded(rows: AsyncGenerator<SheetRow>, width: number): AsyncGenerator<SheetRow, void, undefined> {
  for await (const { row, cells } of rows) {
    while (cells.length < width) cells.push('')
    yield { row, cells }
  }
}

async function whole(start: Buffer, rest: Chunks): Promise<Buffer> {
  const parts = [start]
  for await (const chunk of rest) parts.push(chunk)
  return Buffer.concat(parts)
}

/** A workbook with a password is kept in an envelope of the old format. */
const isLocked = (file: Buffer) => file.includes(Buffer.from('EncryptedPackage', 'utf16le'))
