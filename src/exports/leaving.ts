import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Actor } from '../access/actor.ts'
import type { AuditAction } from '../audit/actions.ts'
import { reading } from '../audit/change.ts'
import { translate } from '../i18n.ts'
import { dateTimeText, yearOf } from '../lib/dates.ts'
import { csvStream, csvType, xlsxStream, xlsxType } from '../sheets/writing.ts'
import type { Download } from '../web/route.ts'
import { nextExportNumber } from './numbers.ts'

/** Where these columns stand in a file. */
export const placesOf = <C extends string>(columns: readonly C[], names: readonly C[]): number[] =>
  names.map((name) => columns.indexOf(name))

type Leaving = {
  number: string
  format: 'xlsx' | 'csv'
  sheet: string
  header: string[]
  /** Which columns of a workbook are money to add up. */
  sums?: readonly number[]
  rows: AsyncIterable<string[]>
  at: Date
  /** What is written to the trail at its end, or where the reader went away before. */
  finished: (rows: number, sha256: string) => Promise<unknown>
  cutOff: (rows: number) => Promise<unknown>
}

/** CUS-15: a list on its way out: its last line says which export it is, whose and of when; its hash is told at the end. */
export function leave(
  actor: Actor,
  { number, format, sheet, header, sums, rows, at, finished, cutOff }: Leaving,
): Download {
  const tally = { rows: 0 }
  const said = { number, name: actor.name, staff: actor.number, at: dateTimeText(at) }
  const lines = counted(rows, tally, translate[actor.language]('exports:foot', said))
  const made = format === 'csv' ? csvStream(header, lines) : xlsxStream(header, lines, sheet, sums)
  const done = (sha256: string | null) => (sha256 === null ? cutOff(tally.rows) : finished(tally.rows, sha256))
  const body = Readable.from(hashed(made, done), { objectMode: false })
  return { type: format === 'csv' ? csvType : xlsxType, fileName: `${number}.${format}`, body }
}

async function* counted(rows: AsyncIterable<string[]>, tally: { rows: number }, foot: string) {
  for await (const row of rows) {
    tally.rows++
    yield row
  }
  yield [foot]
}

const piece = 65_536

/** Passes everything on in larger pieces and tells at the end what it was; null when the reader went away before. */
async function* hashed(made: Readable, done: (sha256: string | null) => Promise<unknown>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  let held: Buffer[] = []
  let size = 0
  let whole = false
  const flushed = () => {
    const all = Buffer.concat(held)
    hash.update(all)
    held = []
    size = 0
    return all
  }
  try {
    for await (const chunk of made as AsyncIterable<string | Buffer>) {
      size += held[held.push(Buffer.from(chunk)) - 1]!.length
      if (size >= piece) yield flushed()
    }
    if (size > 0) yield flushed()
    whole = true
    await done(hash.digest('hex'))
  } finally {
    if (!whole) await done(null)
  }
}

/** The names under which a list leaves: `visit.export` where visit.exported, .export_finished and .export_cut_off are in the trail. */
type Export<A = AuditAction> = A extends `${infer K}ed`
  ? `${K}_finished` | `${K}_cut_off` extends AuditAction
    ? K
    : never
  : never

type Told = Omit<Leaving, 'number' | 'format' | 'finished' | 'cutOff'> & {
  format?: Leaving['format']
  as: Export
  /** What each line of the trail says of it; `asked`: what only the first says. */
  about?: object
  asked?: object
}

/** CUS-15: a numbered list on its way out: that it leaves is in the trail before its first byte, what left after its last. */
export async function letOut(actor: Actor, { as, about, asked, format = 'xlsx', ...list }: Told): Promise<Download> {
  const number = await nextExportNumber(yearOf(list.at))
  const subject = `export:${number}`
  const said = { number, ...about }
  await reading(actor, `${as}ed`, subject, { after: { ...said, ...asked } })
  return leave(actor, {
    ...list,
    number,
    format,
    finished: (rows, sha256) => reading(actor, `${as}_finished`, subject, { after: { ...said, rows, sha256 } }),
    cutOff: (rows) => reading(actor, `${as}_cut_off`, subject, { after: { ...said, rows } }),
  })
}
