import type { Actor } from '../../access/actor.ts'
import { reading } from '../../audit/change.ts'
import { leave } from '../../exports/leaving.ts'
import { nextExportNumber } from '../../exports/queries.ts'
import { translate } from '../../i18n.ts'
import { yearOf } from '../../lib/dates.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import type { Download } from '../../web/route.ts'
import { cellOf, columnsOf } from './occasion-cells.ts'
import type { OccasionFileQuery, OccasionQuery } from './occasion-forms.ts'
import { everyOccasion, type Occasions } from './occasions.ts'
import { monthOf } from './rules.ts'

/** CUS-15: the times of a figure as a file; in the trail before its first byte, what left after its last one. */
export async function exportOccasions(actor: Actor, query: OccasionFileQuery, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const { format, what } = query
  const month = query.month || monthOf(now)
  const number = await nextExportNumber(yearOf(now))
  const subject = `export:${number}`
  const about = { number, ...asked({ ...query, month }) }
  await reading(actor, 'complaint.occasions_exported', subject, { after: { ...about, format } })
  const [first, second, ...rest] = columnsOf[what].map((column) => t(`complaintMonth:occasion.column.${column}`))
  return leave(actor, {
    number,
    format,
    sheet: `${t(`complaintMonth:occasion.title.${what}`)} ${month}`,
    header: [first!, second!, t('complaintMonth:occasion.column.title'), ...rest],
    rows: linesOf(actor, { ...query, month }, now),
    at: now,
    finished: (rows, sha256) =>
      reading(actor, 'complaint.occasions_export_finished', subject, { after: { ...about, rows, sha256 } }),
    cutOff: (rows) => reading(actor, 'complaint.occasions_export_cut_off', subject, { after: { ...about, rows } }),
  })
}

async function* linesOf(actor: Actor, query: OccasionQuery, now: Date): AsyncGenerator<string[]> {
  const t = translate[actor.language]
  for await (const row of everyOccasion(actor, query, now)) {
    const [at, number, ...rest] = columnsOf[query.what].map((column) => cellOf(row, column, t, actor.language))
    yield [at!, number!, row.title, ...rest]
  }
}

/** AUD-01: a list that shows more than so many is a read, recorded once and not with each of its pages. */
export async function recordOccasions(actor: Actor, query: OccasionQuery, found: Occasions, now: Date): Promise<void> {
  if (query.page > 1 || found.count <= (await regulationAt(now)).value('audit.search_results')) return
  const search = { ...asked(query), month: found.month }
  await reading(actor, 'complaint.searched', 'complaints', { after: { search, count: found.count } })
}

function asked({ what, month, department, unit, person }: OccasionQuery): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ what, month, department, unit, person }).filter(([, value]) => value !== ''),
  )
}
