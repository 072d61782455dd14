import type { Actor } from '../../access/actor.ts'
import { letOut } from '../../exports/leaving.ts'
import { translate, type Translate } from '../../i18n.ts'
import { formats } from '../../web/lists.ts'
import type { Download } from '../../web/route.ts'
import { fieldsOf, listAddress, searchOf, type VisitListQuery } from './address.ts'
import { fileColumns, textsOf } from './cells.ts'
import { conditionWords } from './chips.ts'
import type { VisitExport } from './export-forms.ts'
import { namesIn } from './names.ts'
import { countWords } from './pages.ts'
import type { Held } from './pages-sql.ts'
import { countedTo, countHeld, everyVisit, heldBy } from './queries.ts'

/** What a person may take out of what the list holds: as far as the export right reaches. */
const exportable = async (actor: Actor, query: VisitListQuery, now: Date): Promise<Held> =>
  heldBy(actor, query, await namesIn([query]), now, 'visits.export')

/** /visits/export: what leaves, as which file. */
export async function exportPage(actor: Actor, { query, format }: VisitExport, now: Date) {
  const t = translate[actor.language]
  const [count, names] = await Promise.all([countHeld(await exportable(actor, query, now)), namesIn([query])])
  const words = conditionWords(query, names, t)
  return {
    kept: fieldsOf(query),
    format,
    back: listAddress(query),
    words: words.length > 0 ? words : [t('visitList:everything')],
    count: countWords(count, t),
    formats: formats.map((value) => ({ value, word: t(`exports:format.${value}`) })),
  }
}

/** CUS-15: the visits of a list as a file. That it leaves is in the trail before its first byte, what left after its last. */
export async function exportVisits(actor: Actor, { query, format }: VisitExport, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const held = await exportable(actor, query, now)
  const count = await countHeld(held)
  return letOut(actor, {
    as: 'visit.export',
    asked: { format, query: searchOf(query), count: count > countedTo ? `${countedTo}+` : count },
    format,
    sheet: t('visitList:exporting.sheet'),
    header: fileColumns.map((column) => t(`visitList:column.${column}`)),
    rows: linesOf(held, query, t, now),
    at: now,
  })
}

async function* linesOf(held: Held, query: VisitListQuery, t: Translate, now: Date) {
  for await (const row of everyVisit(held, query)) yield textsOf(row, t, now)
}
