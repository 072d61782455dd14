import { Readable, pipeline } from 'node:stream'
import { CsvError, parse, type Info } from 'csv-parse'
import { longestCell, mostColumns, sheetRefused } from './faults.ts'
import type { SheetRow } from './reading.ts'

const longestRecord = 1_000_000
const linesLookedAt = 10

/** The mark that stands most often in one of the first lines, outside quotes. */
export function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .replace(/"[^"]*"/gu, '')
    .split(/[\r\n]+/u)
    .slice(0, linesLookedAt)
  const most = (mark: string) => Math.max(...lines.map((line) => line.split(mark).length))
  return [',', '\t', ';'].reduce((best, mark) => (most(mark) > most(best) ? mark : best))
}

type Parsed = { record: string[]; info: Info }

export async function* csvRows(
  text: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<SheetRow, void, undefined> {
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
      if (breaks > 200) throw sheetRefused('quoteOpen', { row })
      if (record.length > mostColumns) throw sheetRefused('columns', { row, most: mostColumns })
      if (record.some((cell) => cell.length > longestCell))
        throw sheetRefused('cellTooLong', { row, most: longestCell })
      yield { row, cells: record }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const long = error.code === 'CSV_MAX_RECORD_SIZE' && Number(error['lines']) <= last + 1
    throw long
      ? sheetRefused('cellTooLong', { row: last + 1, most: longestCell })
      : sheetRefused('quoteOpen', { row: last + 1 })
  }
}
