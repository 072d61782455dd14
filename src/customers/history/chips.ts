import { ask } from '../../db.ts'
import { kindByType, kinds } from '../../files/kinds.ts'
import type { HistoryLine } from './unseen.ts'

/** A file that stands in the row of what it belongs to. */
export type Chip = { title: string; href: string; icon: string }
type Found = { id: string; visit: string; number: string; title: string; type: string }

/** The files of a visit stand in the row that tells of the visit, its report before all else; one that is gone keeps its own row. */
export async function withChips(lines: HistoryLine[]): Promise<HistoryLine[]> {
  const rows = rowsOf(lines)
  if (rows.size === 0) return lines
  const files = await filesOf([...rows.keys()].map(BigInt))
  const inRows = new Set(files.map(({ id }) => `attachment:${id}`))
  return lines
    .filter(({ action, after }) => action !== 'attachment.added' || !inRows.has(String(after['part'])))
    .map((line) => {
      const own = files.filter(({ visit }) => rows.get(visit) === line).map(chipOf)
      return own.length > 0 ? { ...line, files: own } : line
    })
}

/** For each visit its row among the lines, the newest first. */
function rowsOf(lines: HistoryLine[]): Map<string, HistoryLine> {
  const rows = new Map<string, HistoryLine>()
  for (const line of lines) {
    const visit = line.action.startsWith('visit.') && /^visit:(\d{1,18})$/.exec(String(line.after['part']))?.[1]
    if (visit && (!rows.has(visit) || line.action === 'visit.reported')) rows.set(visit, line)
  }
  return rows
}

function filesOf(visits: bigint[]): Promise<Found[]> {
  return ask<Found>`
    select a.id::text, a.visit_id::text as visit, t.number, a.title, f.type
    from attachment a
    join visit t on t.id = a.visit_id
    join lateral (select file_id from attachment_version where attachment_id = a.id order by n desc limit 1) v on true
    join stored_file f on f.id = v.file_id
    where a.visit_id = any(${visits}) and a.removed_at is null order by a.id`
}

const chipOf = ({ id, number, title, type }: Found): Chip => ({
  title,
  href: `/visits/${number}/attachments/${id}`,
  icon: kinds[kindByType(type) ?? 'text'].icon,
})
