import type { Ending } from './encoding.ts'
import { sheetRefused } from './faults.ts'
import type { SheetOptions, SheetRow } from './reading.ts'

export const rowsBeforeHeader = 10

/** The first row that is a header; without one, or without anyone to tell, the first row. */
export async function headerOf(records: AsyncGenerator<SheetRow>, isHeader: SheetOptions['isHeader']) {
  const seen: SheetRow[] = []
  for (let next = await records.next(); !next.done; next = await records.next()) {
    seen.push(next.value)
    if (!isHeader || isHeader(trimmed(next.value.cells))) break
    if (seen.length === rowsBeforeHeader) break
  }
  const found = isHeader ? seen.findIndex((row) => isHeader(trimmed(row.cells))) : 0
  const at = Math.max(found, 0)
  const header = seen[at]
  if (!header) throw sheetRefused('empty')
  return { header, below: seen.slice(at + 1) }
}

/** Row by row to the limit; of text the last row also tells whether the file was cut off. */
export async function* checked(
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
    if (++count > mostRows) throw sheetRefused('rows', { most: mostRows })
    if (held) {
      ragged ||= held.cells.length < width
      yield held
    }
    held = row
  }
  if (!held) throw sheetRefused('noRows')
  // Files written by a program have whole rows; one that stops in a row, without a line's end, was cut off.
  if (held.cells.length < width && !ending.newline && !ragged && count > 1)
    throw sheetRefused('cutOff', { row: held.row })
  yield held
}

/** Header cells without surrounding space and without the empty ones at the end. */
export function trimmed(cells: string[]): string[] {
  const names = cells.map((cell) => cell.trim())
  while (names.length > 1 && names.at(-1) === '') names.pop()
  return names
}
