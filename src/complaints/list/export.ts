import type { Actor } from '../../access/actor.ts'
import { letOut } from '../../exports/leaving.ts'
import { translate, type Translate } from '../../i18n.ts'
import { formats } from '../../web/lists.ts'
import type { Download } from '../../web/route.ts'
import { fieldsOf, listAddress, searchOf, type ComplaintListQuery } from './address.ts'
import { fileColumns, textOf } from './cells.ts'
import { conditionWords } from './chips.ts'
import type { ComplaintExport } from './export-forms.ts'
import { namesIn } from './names.ts'
import type { Held } from './pages-sql.ts'
import { countedTo, countHeld, everyComplaint, heldBy } from './queries.ts'

/** What a person may take out of what the list holds: as far as the export right reaches. */
const exportable = async (actor: Actor, query: ComplaintListQuery, now: Date): Promise<Held> =>
  heldBy(actor, query, await namesIn([query]), now, 'complaints.export')

/** /complaints/export: what leaves, as which file. */
export async function exportPage(actor: Actor, { query, format }: ComplaintExport, now: Date) {
  const t = translate[actor.language]
  const [count, names] = await Promise.all([countHeld(await exportable(actor, query, now)), namesIn([query])])
  const words = conditionWords(query, names, t)
  return {
    kept: fieldsOf(query),
    format,
    back: listAddress(query),
    words: words.length > 0 ? words : [t('complaintList:everything')],
    count: count > countedTo ? t('complaintList:many', { n: '1,000' }) : t('complaintList:count', { n: count }),
    formats: formats.map((value) => ({ value, word: t(`exports:format.${value}`) })),
  }
}

/**
 * CUS-15: the complaints of a list as a file, masked as on the screen. That it leaves is in the trail before its first
 * byte, what left after its last one.
 */
export async function exportComplaints(actor: Actor, { query, format }: ComplaintExport, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const held = await exportable(actor, query, now)
  const count = await countHeld(held)
  return letOut(actor, {
    as: 'complaint.export',
    asked: { format, query: searchOf(query), count: count > countedTo ? `${countedTo}+` : count },
    format,
    sheet: t('complaintList:exporting.sheet'),
    header: fileColumns.map((column) => t(`complaintList:column.${column}`)),
    rows: linesOf(held, query, t),
    at: now,
  })
}

async function* linesOf(held: Held, query: ComplaintListQuery, t: Translate) {
  // A clock that is met meanwhile moves its complaint in the order of due moments: it would be missed, or told twice.
  const order = {
    ...query,
    sort: query.sort === 'oldest' || query.sort === 'closed' ? query.sort : ('newest' as const),
  }
  for await (const row of everyComplaint(held, order)) yield fileColumns.map((column) => textOf(row, column, t))
}
