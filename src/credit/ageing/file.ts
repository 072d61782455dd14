import type { Actor } from '../../access/actor.ts'
import { letOut, placesOf } from '../../exports/leaving.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { yuanText } from '../../lib/money.ts'
import type { Download } from '../../web/route.ts'
import { address } from './address.ts'
import type { AgeingQuery } from './forms.ts'
import { ageingFor, type Ageing, type AgeingRow, type Sums } from './queries.ts'
import { figures } from './rules.ts'

const fileColumns = [
  'customer',
  'number',
  'owner',
  ...figures,
  'limit',
  'exposure',
  'over',
  'overDays',
  'promisedOn',
  'promisedAmount',
] as const
const sums = placesOf(fileColumns, [...figures, 'limit', 'exposure', 'over', 'promisedAmount'])

/** CUS-15: the same as a spreadsheet; numbered, in the trail before its first byte and after its last. */
export async function exportAgeing(actor: Actor, query: AgeingQuery, now: Date): Promise<Download> {
  const t = translate[actor.language]
  return letOut(actor, {
    as: 'credit.ageing_export',
    about: { on: dateText(now), query: address({ ...query, after: '' }) },
    sheet: `${t('ageing:title')} ${dateText(now)}`,
    header: fileColumns.map((name) => t(`ageing:column.${name}`)),
    sums,
    rows: linesOf(t, actor, query, now),
    at: now,
  })
}

const chunk = 5000
const yuan = (fen: bigint | number) => yuanText(Number(fen))

async function* linesOf(t: Translate, actor: Actor, query: AgeingQuery, now: Date): AsyncGenerator<string[]> {
  let after = ''
  let totals: Sums | null = null
  for (;;) {
    const found: Ageing = await ageingFor(actor, { ...query, after }, now, { take: chunk, act: 'credit.export' })
    totals ??= found.totals
    for (const row of found.rows) yield fileRow(row)
    const last = found.rows.at(-1)
    if (!found.more || !last) break
    after = `${last.overdue}-${last.id}`
  }
  const all = totals
  yield [t('ageing:total'), '', '', ...figures.map((name) => yuan(all[name])), '', '', '', '', '', '']
}

const fileRow = (row: AgeingRow): string[] => [
  row.name,
  row.number,
  row.owner ?? '',
  ...figures.map((name) => yuan(row[name])),
  yuan(row.limit),
  yuan(row.exposure),
  yuan(row.over),
  String(row.overDays),
  row.promised?.due ?? '',
  row.promised?.amount ?? '',
]
