import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { translate } from '../i18n.ts'
import { csvStream, csvType, xlsxStream, xlsxType } from '../sheets/writing.ts'
import type { Download } from '../web/route.ts'
import type { RowsQuery } from './forms.ts'
import type { ImportRecord } from './queries.ts'
import { everyRow } from './rows.ts'
import { sentencesOf } from './sentences.ts'

/** The rows of a file as they came, with what became of each: to correct and to import again. */
export async function rowsFile(
  actor: Actor,
  record: ImportRecord,
  { outcome }: RowsQuery,
  kind: 'csv' | 'xlsx',
): Promise<Download> {
  await reading(actor, 'import.rows_downloaded', `import:${record.id}`, { after: { outcome: outcome ?? 'all', kind } })
  const t = translate[actor.language]
  const header = [...record.header, t('imports:csv.line'), t('imports:csv.outcome'), t('imports:csv.reasons')]
  const rows = linesOf(actor, record, outcome)
  return {
    type: kind === 'csv' ? csvType : xlsxType,
    fileName: `${record.number}${outcome ? `-${outcome}` : ''}.${kind}`,
    body: kind === 'csv' ? csvStream(header, rows) : xlsxStream(header, rows, t('imports:csv.sheet')),
  }
}

async function* linesOf(actor: Actor, record: ImportRecord, outcome: RowsQuery['outcome']): AsyncGenerator<string[]> {
  const t = translate[actor.language]
  const width = record.header.length
  for await (const row of everyRow(actor, record, outcome)) {
    // A row that is too long keeps its extra cells behind the reasons; a short one is filled up.
    const own = Array.from({ length: width }, (_, at) => row.cells[at] ?? '')
    const said = sentencesOf(actor.language, record.header, row.findings).join(' ')
    yield [...own, String(row.line), t(`imports:outcome.${row.outcome}`), said, ...row.cells.slice(width)]
  }
}
