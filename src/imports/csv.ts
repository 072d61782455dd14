import { Readable } from 'node:stream'
import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { translate, type Translate } from '../i18n.ts'
import type { Download } from '../web/route.ts'
import type { RowsQuery } from './forms.ts'
import { sentencesOf } from './pages.ts'
import { everyRow, type ImportRecord } from './queries.ts'

/** The rows of a file as they came, with what became of each: to correct and to import again. */
export async function rowsFile(actor: Actor, record: ImportRecord, { outcome }: RowsQuery): Promise<Download> {
  await reading(actor, 'import.rows_downloaded', `import:${record.id}`, { after: { outcome: outcome ?? 'all' } })
  const t = translate[actor.language]
  return {
    type: 'text/csv; charset=utf-8',
    fileName: `${record.number}${outcome ? `-${outcome}` : ''}.csv`,
    body: Readable.from(linesOf(record, t, actor, outcome)),
  }
}

async function* linesOf(record: ImportRecord, t: Translate, actor: Actor, outcome: RowsQuery['outcome']) {
  const width = record.header.length
  yield `\uFEFF${csvLine([...record.header, t('imports:csv.line'), t('imports:csv.outcome'), t('imports:csv.reasons')])}`
  for await (const row of everyRow(record.id, outcome)) {
    // A row that is too long keeps its extra cells behind the reasons; a short one is filled up.
    const own = Array.from({ length: width }, (_, at) => row.cells[at] ?? '')
    const said = sentencesOf(actor.language, record.header, row.findings).join(' ')
    yield csvLine([...own, String(row.line), t(`imports:outcome.${row.outcome}`), said, ...row.cells.slice(width)])
  }
}

/** Spreadsheets run what begins like a formula; an apostrophe keeps it text. */
export function csvLine(cells: string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r＝＋－＠]/u.test(text) ? `'${text}` : text
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
