import type { Actor } from '../../access/actor.ts'
import type { Finding } from '../../customers/intake/cells.ts'
import { intakeFields, suggestMapping, type Mapping } from '../../customers/intake/columns.ts'
import { db } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { fold } from '../../lib/text.ts'
import { judgeAll, type Judged } from '../judge.ts'
import { firstRows, withoutHidden } from '../rows.ts'
import { storedReading, type Reading, type Stored } from '../reading.ts'

export const rowsPreviewed = 50

/** Files with the same titles are taken alike, whatever their spaces, brackets and width. */
export const headerKey = (header: string[]) => JSON.stringify(header.map(fold))

type Remembered = Reading & { number: string }

/** How a file with these titles was read the last time, else what its titles suggest. */
export async function readingFor(header: string[]): Promise<Stored> {
  const known = await db.importMapping.findUnique({ where: { header: headerKey(header) } })
  if (!known) return { ...storedReading({}), columns: suggestMapping(header) }
  const { number, ...reading } = known.fields as unknown as Remembered
  const columns = header.map(
    (_, at): Mapping[number] => intakeFields.find((field) => field === reading.columns[at]) ?? null,
  )
  return { ...storedReading(reading), columns, remembered: { number, at: dateText(known.usedAt) } }
}

export type Previewed = Pick<Judged, 'line' | 'outcome' | 'findings' | 'fields'> & { cells: string[] }

/**
 * The first rows as they would be read, with what would become of each. Nothing is written; whom a row would be taken
 * for is asked with the same search as in the import itself.
 */
export async function previewOf(actor: Actor, importId: bigint, reading: Reading): Promise<Previewed[]> {
  const rows = await firstRows(importId, rowsPreviewed)
  const judged = await judgeAll(db, rows, reading, (line) => `#${line}`)
  const findings = await withoutHidden(
    actor,
    judged.map((row) => row.findings.map(inThisFile)),
  )
  return judged.map((row, at) => ({ ...row, findings: findings[at]!, cells: rows[at]!.cells }))
}

/** A row before this one is meant, which has no number yet. */
function inThisFile(finding: Finding): Finding {
  const [, line] = /^#(\d+)$/u.exec(String(finding.params?.['number'] ?? '')) ?? []
  if (line === undefined) return finding
  const distinction = finding.params?.['distinction']
  if (distinction === undefined) return { ...finding, reason: 'imports:finding.sameAsLine', params: { line } }
  return { ...finding, reason: 'imports:finding.declaredAsLine', params: { line, distinction } }
}
