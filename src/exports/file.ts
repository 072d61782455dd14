import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { searchOf, type ListQuery } from '../customers/list/address.ts'
import { textOf } from '../customers/list/cells.ts'
import { countedTo, everyCustomer } from '../customers/list/queries.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText, yearOf } from '../lib/dates.ts'
import { csvStream, csvType, xlsxStream, xlsxType } from '../sheets/writing.ts'
import type { Download } from '../web/route.ts'
import type { ExportQuery } from './forms.ts'
import { countExportable, exportable, nextExportNumber } from './queries.ts'

/**
 * CUS-15: the customers of a list as a file, masked as on the screen. That it leaves is in the trail before its first
 * byte, what left after its last one; the file itself says which export it is, whose, and of when.
 */
export async function exportCustomers(actor: Actor, { query, format }: ExportQuery, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const where = await exportable(actor, query)
  const count = await countExportable(where)
  const number = await nextExportNumber(yearOf(now))
  const after = { number, format, query: searchOf(query), columns: ['name', ...query.cols] }
  const subject = `export:${number}`
  await reading(actor, 'customer.exported', subject, {
    after: { ...after, count: count > countedTo ? `${countedTo}+` : count },
  })
  const tally = { rows: 0 }
  const foot = t('exports:foot', { number, name: actor.name, staff: actor.number, at: dateTimeText(now) })
  const rows = linesOf(where, query, t, tally, foot)
  const header = [t('lists:column.name'), ...query.cols.map((column) => t(`lists:column.${column}`))]
  const made = format === 'csv' ? csvStream(header, rows) : xlsxStream(header, rows, t('exports:sheet'))
  const done = (sha256: string | null) =>
    sha256 === null
      ? reading(actor, 'customer.export_cut_off', subject, { after: { number, rows: tally.rows } })
      : reading(actor, 'customer.export_finished', subject, { after: { number, rows: tally.rows, sha256 } })
  const body = Readable.from(hashed(made, done), { objectMode: false })
  return { type: format === 'csv' ? csvType : xlsxType, fileName: `${number}.${format}`, body }
}

async function* linesOf(where: Prisma.Sql, query: ListQuery, t: Translate, tally: { rows: number }, foot: string) {
  // What is changed meanwhile moves to the front of that order, and would be missed.
  const order: ListQuery = query.sort === 'changed' ? { ...query, sort: 'newest' } : query
  for await (const row of everyCustomer(where, order)) {
    tally.rows++
    yield [row.name, ...query.cols.map((column) => textOf(row, column, t))]
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
