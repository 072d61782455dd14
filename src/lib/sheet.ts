import { Readable, pipeline } from 'node:stream'
import { CsvError, parse, type Info } from 'csv-parse'
import { bytesOf, decode, encodingOf, readStart, type Encoding, type Ending } from './encoding.ts'
import { notText, type FileFault } from './file-type.ts'
import { Refused, type Params } from './refused.ts'

export type SheetRow = {
  /** the line of the file on which the row begins, as an editor counts */
  row: number
  cells: string[]
}

export type Sheet = {
  encoding: Encoding
  delimiter: string
  header: string[]
  headerRow: number
  /** the rows below the header; may be walked once */
  rows: AsyncIterable<SheetRow>
}

export type SheetOptions = {
  filename: string
  /** tells a header from a title above it; the first 10 rows are asked, and the first row is the header if none is */
  isHeader?: (cells: string[]) => boolean
  mostRows?: number
}

const mostColumns = 200
const longestCell = 32_767
const longestRecord = 1_000_000
const rowsBeforeHeader = 10

/**
 * Reads an uploaded table as a stream: CSV or tab-separated text, in UTF-8 or GB18030. What cannot be read is refused
 * in words (CUS-15); a refusal may also come while the rows are walked.
 */
export async function readSheet(source: Readable, options: SheetOptions): Promise<Sheet> {
  try {
    return await openSheet(source, options)
  } catch (error) {
    source.destroy()
    throw error
  }
}

async function openSheet(source: Readable, options: SheetOptions): Promise<Sheet> {
  const { filename, isHeader, mostRows = 200_000 } = options
  const chunks = bytesOf(source)
  const start = await readStart(chunks)
  const wrong = notText(start, filename)
  if (wrong) throw refused(wrong)
  const encoding = encodingOf(start)
  if (!encoding) throw refused('encoding')
  const ending: Ending = { newline: true }
  const text = decode(start, chunks, encoding, ending)
  const first = await text.next()
  if (first.done || first.value.trim() === '') throw refused('empty')
  const delimiter = delimiterOf(first.value)
  const records = recordsOf(joined(first.value, text), delimiter)
  const { header, below } = await headerOf(records, isHeader)
  const names = trimmed(header.cells)
  const rows = checked(below, records, names.length, mostRows, ending)
  return { encoding, delimiter, header: names, headerRow: header.row, rows }
}

/** The first row that is a header; without one, or without anyone to tell, the first row. */
async function headerOf(records: AsyncGenerator<SheetRow>, isHeader: SheetOptions['isHeader']) {
  const seen: SheetRow[] = []
  for (let next = await records.next(); !next.done; next = await records.next()) {
    seen.push(next.value)
    if (!isHeader || isHeader(trimmed(next.value.cells))) break
    if (seen.length === rowsBeforeHeader) break
  }
  const found = isHeader ? seen.findIndex((row) => isHeader(trimmed(row.cells))) : 0
  const at = Math.max(found, 0)
  const header = seen[at]
  if (!header) throw refused('empty')
  return { header, below: seen.slice(at + 1) }
}

type Fault = FileFault | 'encoding' | 'quoteOpen' | 'columns' | 'cellTooLong' | 'rows' | 'noRows' | 'cutOff'

function refused(fault: Fault, params?: Params): Refused {
  return new Refused([{ rule: 'CUS-15', reason: `imports:sheet.${fault}`, field: 'file', ...(params && { params }) }])
}

async function* joined(first: string, rest: AsyncGenerator<string, void, undefined>): AsyncGenerator<string> {
  yield first
  for await (const text of rest) {
    if (text.includes('\0')) throw refused('binary')
    yield text
  }
}

/** The mark that stands most often in one of the first lines, outside quotes. */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .replace(/"[^"]*"/gu, '')
    .split(/[\r\n]+/u)
    .slice(0, rowsBeforeHeader)
  const most = (mark: string) => Math.max(...lines.map((line) => line.split(mark).length))
  return [',', '\t', ';'].reduce((best, mark) => (most(mark) > most(best) ? mark : best))
}

type Parsed = { record: string[]; info: Info }

async function* recordsOf(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<SheetRow, void, undefined> {
  let last = 0
  const parser = parse({
    // The parser reads ahead of those who walk the rows; an error is told by the line it reached.
    on_record: (record: string[], { lines }) => {
      last = lines
      return record
    },
    delimiter,
    record_delimiter: '\n',
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: longestRecord,
    info: true,
  })
  pipeline(Readable.from(text), parser, () => {})
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      const breaks = record.reduce((sum, cell) => sum + (cell.match(/\n/gu)?.length ?? 0), 0)
      const row = info.lines - breaks
      // A quote that is never closed swallows line after line until the next quote.
      if (breaks > 200) throw refused('quoteOpen', { row })
      if (record.length > mostColumns) throw refused('columns', { row, most: mostColumns })
      if (record.some((cell) => cell.length > longestCell)) throw refused('cellTooLong', { row, most: longestCell })
      yield { row, cells: record }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const long = error.code === 'CSV_MAX_RECORD_SIZE' && Number(error['lines']) <= last + 1
    throw long ? refused('cellTooLong', { row: last + 1, most: longestCell }) : refused('quoteOpen', { row: last + 1 })
  }
}

async function* checked(
  above: SheetRow[],
  records: AsyncGenerator<SheetRow, void, undefined>,
  width: number,
  mostRows: number,
  ending: Ending,
): AsyncGenerator<SheetRow, void, undefined> {
  let [count, ragged] = [0, false]
  let held: SheetRow | null = null
  const each = async function* () {
    yield* above
    yield* records
  }
  for await (const row of each()) {
    if (++count > mostRows) throw refused('rows', { most: mostRows })
    if (held) {
      ragged ||= held.cells.length < width
      yield held
    }
    held = row
  }
  if (!held) throw refused('noRows')
  // Files written by a program have whole rows; one that stops in a row, without a line's end, was cut off.
  if (held.cells.length < width && !ending.newline && !ragged && count > 1) throw refused('cutOff', { row: held.row })
  yield held
}

/** Header cells without surrounding space and without the empty ones at the end. */
function trimmed(cells: string[]): string[] {
  const names = cells.map((cell) => cell.trim())
  while (names.length > 1 && names.at(-1) === '') names.pop()
  return names
}
