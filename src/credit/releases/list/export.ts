import type { Actor } from '../../../access/actor.ts'
import { letOut, placesOf } from '../../../exports/leaving.ts'
import { translate, type Translate } from '../../../i18n.ts'
import { formats } from '../../../web/lists.ts'
import type { Download } from '../../../web/route.ts'
import { fieldsOf, listAddress, searchOf, type ReleaseListQuery } from './address.ts'
import { fileColumns, textsOf } from './cells.ts'
import { conditionWords } from './chips.ts'
import type { ReleaseExport } from './export-forms.ts'
import { namesIn } from './names.ts'
import { countWords } from './pages.ts'
import type { Held } from './pages-sql.ts'
import { countedTo, countHeld, everyRelease, heldBy } from './queries.ts'

/** What a person may take out of what the list holds: as far as the export right reaches. */
const exportable = async (actor: Actor, query: ReleaseListQuery, now: Date): Promise<Held> =>
  heldBy(actor, query, await namesIn([query]), now, 'credit.export')

/** /releases/export: what leaves, as which file. */
export async function exportPage(actor: Actor, { query, format }: ReleaseExport, now: Date) {
  const t = translate[actor.language]
  const [count, names] = await Promise.all([countHeld(await exportable(actor, query, now)), namesIn([query])])
  const words = conditionWords(query, names, t)
  return {
    kept: fieldsOf(query),
    format,
    back: listAddress(query),
    words: words.length > 0 ? words : [t('releaseList:everything')],
    count: countWords(count, t),
    formats: formats.map((value) => ({ value, word: t(`exports:format.${value}`) })),
  }
}

/** CUS-15: the releases of a list as a file. That it leaves is in the trail before its first byte, what left after its last. */
export async function exportReleases(actor: Actor, { query, format }: ReleaseExport, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const held = await exportable(actor, query, now)
  const count = await countHeld(held)
  return letOut(actor, {
    as: 'release.export',
    asked: { format, query: searchOf(query), count: count > countedTo ? `${countedTo}+` : count },
    format,
    sheet: t('releaseList:exporting.sheet'),
    header: fileColumns.map((column) => t(`releaseList:column.${column}`)),
    sums: placesOf(fileColumns, ['amount', 'short', 'cash', 'shippedAmount']),
    rows: linesOf(held, query, t, now),
    at: now,
  })
}

async function* linesOf(held: Held, query: ReleaseListQuery, t: Translate, now: Date) {
  for await (const row of everyRelease(held, query)) yield textsOf(row, t, now)
}
