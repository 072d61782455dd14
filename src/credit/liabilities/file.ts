import type { Actor } from '../../access/actor.ts'
import { letOut, placesOf } from '../../exports/leaving.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import type { Download } from '../../web/route.ts'
import type { LiabilityQuery } from './forms.ts'
import { liabilitiesFor, type LiabilityRow } from './queries.ts'

const columns = [
  'month',
  'number',
  'who',
  'part',
  'share',
  'amount',
  'unpaid',
  'open',
  'release',
  'customer',
  'on',
] as const
const sums = placesOf(columns, ['amount', 'unpaid', 'open'])

/** CUS-15: the list as a spreadsheet; numbered, in the trail before its first byte and after its last. */
export async function exportLiabilities(actor: Actor, query: LiabilityQuery, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const rows = await liabilitiesFor(actor, { ...query, after: '' })
  return letOut(actor, {
    as: 'liability.export',
    about: { month: query.month, who: query.who },
    sheet: t('liabilities:title'),
    header: columns.map((name) => t(`liabilities:column.${name}`)),
    sums,
    rows: linesOf(t, rows),
    at: now,
  })
}

async function* linesOf(t: Translate, rows: readonly LiabilityRow[]): AsyncGenerator<string[]> {
  for (const { month, staff, person, part, share, amount, unpaid, open, release, name, recordedAt } of rows) {
    const who = person ?? t('liabilities:company')
    const what = t(`liabilities:part.${part}`)
    yield [month, staff ?? '', who, what, share, amount, unpaid, open, release, name ?? '', dateText(recordedAt)]
  }
}
