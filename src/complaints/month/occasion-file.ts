import type { Actor } from '../../access/actor.ts'
import { recordWide } from '../../audit/wide-searches.ts'
import { letOut } from '../../exports/leaving.ts'
import { translate } from '../../i18n.ts'
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
  const [first, second, ...rest] = columnsOf[what].map((column) => t(`complaintMonth:occasion.column.${column}`))
  return letOut(actor, {
    as: 'complaint.occasions_export',
    about: asked({ ...query, month }),
    asked: { format },
    format,
    sheet: `${t(`complaintMonth:occasion.title.${what}`)} ${month}`,
    header: [first!, second!, t('complaintMonth:occasion.column.title'), ...rest],
    rows: linesOf(actor, { ...query, month }, now),
    at: now,
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
  if (query.page > 1) return
  const search = { ...asked(query), month: found.month }
  await recordWide(actor, { action: 'complaint.searched', subject: 'complaints', search, count: found.count }, now)
}

function asked({ what, month, department, unit, person }: OccasionQuery): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ what, month, department, unit, person }).filter(([, value]) => value !== ''),
  )
}
