import type { Actor } from '../../access/actor.ts'
import { fieldsOf, type LedgerField, type LedgerMapping } from '../../credit/importing/columns.ts'
import type { LedgerRow } from '../../credit/importing/rows.ts'
import { translate, type Translate } from '../../i18n.ts'
import { moneyText } from '../../lib/money.ts'
import { columnRows, notesOf, previewTones } from '../mapping/pages.ts'
import { sentencesOf } from '../sentences.ts'
import { importStates } from '../states.ts'
import type { LedgerAsked } from './forms.ts'
import { previewLedger, type LedgerImport, type PreviewedLedger, type StoredLedger } from './queries.ts'

/** What the columns of a file of shipments or receipts are taken as, and what would become of its first rows. */
export async function ledgerMappingPage(actor: Actor, record: LedgerImport, asked: LedgerAsked, now: Date) {
  const t = translate[actor.language]
  const stored = record.mapping as unknown as StoredLedger
  const columns: LedgerMapping = record.header.map((_, at) => (asked.columns ?? stored.columns)[at] ?? null)
  const open = importStates.acts(record.state).includes('start')
  const preview = open ? await previewLedger(actor, record, columns, now) : []
  return {
    record: { number: record.number, fileName: record.fileName, total: record.total },
    open,
    hint: t(`ledgerImports:hint.${record.subject}`),
    notes: notesOf(stored, t),
    columns: columnRows(record, columns, preview, t, (text) => text),
    fields: fieldsOf[record.subject].map((field) => ({
      value: field,
      word: t(`ledgerImports:column.${field}`),
      group: t(`ledgerImports:subject.${record.subject}`),
    })),
    preview: preview.map((row) => previewRow(actor, record, row, t)),
  }
}

const previewRow = (actor: Actor, record: LedgerImport, row: PreviewedLedger, t: Translate) => ({
  line: row.line,
  name: row.row.document || '—',
  tone: previewTones[row.outcome],
  outcome: t(`imports:preview.${row.outcome}`),
  read: readAs(row.row, record, t),
  sentences: sentencesOf(actor.language, record.header, row.findings),
})

function readAs(row: LedgerRow, { subject }: LedgerImport, t: Translate) {
  const texts: Record<LedgerField, string | null> = {
    ...row,
    document: null,
    amount: row.amount && moneyText(row.amount),
    way: t(`credit:way.${row.way}`),
  }
  return fieldsOf[subject].flatMap((field) =>
    texts[field] ? [{ label: t(`ledgerImports:column.${field}`), text: texts[field] }] : [],
  )
}
