import type { Actor } from '../access/actor.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { csvStream, csvType, xlsxStream, xlsxType } from '../sheets/writing.ts'
import type { Download } from '../web/route.ts'
import { reading } from './change.ts'
import { lineModel } from './pages.ts'
import { everyLine } from './queries.ts'
import type { AuditFileQuery } from './forms.ts'

const columns = ['at', 'who', 'kind', 'action', 'subject', 'detail', 'ip', 'request'] as const

/**
 * The lines that the page would show, as a file and masked as on the page. That they leave is in the trail before the
 * first byte, how many left after the last one.
 */
export async function trailFile(actor: Actor, { format, ...query }: AuditFileQuery, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const asked = Object.fromEntries(Object.entries(query).filter(([, value]) => value))
  await reading(actor, 'trail.exported', 'trail', { after: { format, ...asked } })
  const header = columns.map((column) => t(`audit:column.${column}`))
  const foot = t('audit:foot', { name: actor.name, staff: actor.number, at: dateTimeText(now) })
  const rows = linesOf(actor, query, foot)
  const made = format === 'csv' ? csvStream(header, rows) : xlsxStream(header, rows, t('audit:title'))
  const stamp = dateTimeText(now).replace(/\D/g, '')
  return { type: format === 'csv' ? csvType : xlsxType, fileName: `trail-${stamp}.${format}`, body: made }
}

async function* linesOf(actor: Actor, query: Omit<AuditFileQuery, 'format'>, foot: string): AsyncGenerator<string[]> {
  let count = 0
  for await (const { line, numbers, unseen } of everyLine(actor, query)) {
    const { at, who, kind, sentence, subject, detail, ip, request } = lineModel(
      line,
      { numbers, unseen },
      actor.language,
    )
    count++
    yield [at, who, kind, sentence, subject, detail, ip, request]
  }
  yield [foot]
  await reading(actor, 'trail.export_finished', 'trail', { after: { rows: count } })
}
