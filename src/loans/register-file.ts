import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { nextExportNumber } from '../exports/queries.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText, yearOf } from '../lib/dates.ts'
import { csvStream, csvType, xlsxStream, xlsxType } from '../sheets/writing.ts'
import type { Download } from '../web/route.ts'
import type { RegisterExport, RegisterQuery } from './forms.ts'
import { cellOf, columns, trailOf } from './register-cells.ts'
import { everyLoan } from './register.ts'

/** CUS-15: the register as a file; numbered, in the trail before its first byte and after its last. */
export async function exportRegister(actor: Actor, { format, ...query }: RegisterExport, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const number = await nextExportNumber(yearOf(now))
  const subject = `export:${number}`
  await reading(actor, 'loan.register_exported', subject, { after: { number, format, query: trailOf(query) } })
  const tally = { rows: 0 }
  const foot = t('loans:register.foot', { number, name: actor.name, staff: actor.number, at: dateTimeText(now) })
  const header = columns.map((column) => t(`loans:field.${column}`))
  const rows = linesOf(actor, query, t, tally, foot, now)
  const made = format === 'csv' ? csvStream(header, rows) : xlsxStream(header, rows, t('loans:register.sheet'))
  const done = (sha256: string | null) =>
    reading(actor, sha256 === null ? 'loan.register_cut_off' : 'loan.register_finished', subject, {
      after: { number, rows: tally.rows, ...(sha256 === null ? {} : { sha256 }) },
    })
  const body = Readable.from(hashed(made, done), { objectMode: false })
  return { type: format === 'csv' ? csvType : xlsxType, fileName: `${number}.${format}`, body }
}

async function* linesOf(
  actor: Actor,
  query: RegisterQuery,
  t: Translate,
  tally: { rows: number },
  foot: string,
  now: Date,
): AsyncGenerator<string[]> {
  for await (const loan of everyLoan(actor, query, now)) {
    tally.rows++
    yield columns.map((column) => cellOf(t, loan, column, now))
  }
  yield [foot]
}

/** Passes everything on and tells at the end what it was; null when the reader went away before. */
async function* hashed(made: Readable, done: (sha256: string | null) => Promise<unknown>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  let whole = false
  try {
    for await (const chunk of made as AsyncIterable<string | Buffer>) {
      const piece = Buffer.from(chunk)
      hash.update(piece)
      yield piece
    }
    whole = true
    await done(hash.digest('hex'))
  } finally {
    if (!whole) await done(null)
  }
}
