import type { Actor } from '../../access/actor.ts'
import type { LedgerMapping, LedgerSubject } from '../../credit/importing/columns.ts'
import { fieldsOf } from '../../credit/importing/columns.ts'
import { judgeLedger, type LedgerVerdict } from '../../credit/importing/judging.ts'
import { db } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { NotFound } from '../../lib/refused.ts'
import { headerKey, rowsPreviewed } from '../mapping/queries.ts'
import { importFor, type ImportRecord } from '../queries.ts'
import type { Stored } from '../reading.ts'
import { firstRows } from '../rows.ts'

export type LedgerImport = ImportRecord & { subject: LedgerSubject }

/** CRD-18: an import of shipments or receipts. */
export async function ledgerImportFor(actor: Actor, number: string): Promise<LedgerImport> {
  const found = await importFor(actor, number)
  if (found.subject === 'customers') throw new NotFound()
  return found as LedgerImport
}

export type StoredLedger = { columns: LedgerMapping } & Pick<Stored, 'sheet' | 'remembered'>

/** Files of the two subjects are remembered apart, also where their titles are the same. */
export const ledgerKey = (subject: LedgerSubject, header: string[]) => `${subject} ${headerKey(header)}`

/** How a file with these titles was read the last time, else what they suggest. */
export async function ledgerReadingFor(
  subject: LedgerSubject,
  header: string[],
  suggested: LedgerMapping,
): Promise<StoredLedger> {
  const known = await db.importMapping.findUnique({ where: { header: ledgerKey(subject, header) } })
  if (!known) return { columns: suggested, sheet: null, remembered: null }
  const { columns, number } = known.fields as unknown as { columns: LedgerMapping; number: string }
  const own: readonly unknown[] = fieldsOf[subject]
  return {
    columns: header.map((_, at) => (own.includes(columns[at]) ? (columns[at] ?? null) : null)),
    sheet: null,
    remembered: { number, at: dateText(known.usedAt) },
  }
}

export type PreviewedLedger = LedgerVerdict & { cells: string[] }

/** The first rows as they would be read, with what would become of each. Nothing is written. */
export async function previewLedger(
  actor: Actor,
  record: LedgerImport,
  columns: LedgerMapping,
  now: Date,
): Promise<PreviewedLedger[]> {
  const rows = await firstRows(record.id, rowsPreviewed)
  const judged = await judgeLedger(db, actor, record.subject, rows, columns, now)
  return judged.map((verdict, at) => ({ ...verdict, cells: rows[at]!.cells }))
}
