import type { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { ask } from '../../db.ts'
import { letOut } from '../../exports/leaving.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { Download } from '../../web/route.ts'
import { searchOf, type ItemQuery } from './address.ts'
import { textOf } from './cells.ts'
import { conditionsSql, namesIn } from './conditions.ts'
import type { ExportQuery } from './export-forms.ts'
import { orderOf, sortOf } from './order.ts'
import { countSql, countedTo, everyItem } from './queries.ts'

/** What a person may take out of what the index holds, and how many that is (to 1,000). */
export async function exportable(actor: Actor, query: ItemQuery): Promise<{ where: Prisma.Sql; count: number }> {
  const where = conditionsSql(actor, query, await namesIn(actor, [query]), true)
  const [row] = await ask<{ n: number }>`select ${countSql(where)} as n`
  return { where, count: row!.n }
}

/**
 * ARC-02, CUS-15: the index as a file, veiled as on the screen. That it leaves is in the trail before its first byte, what
 * left after its last one.
 */
export async function exportItems(actor: Actor, { query, format }: ExportQuery, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const { where, count } = await exportable(actor, query)
  return letOut(actor, {
    as: 'items.export',
    asked: {
      format,
      query: searchOf(query),
      columns: ['number', 'mark', ...query.cols],
      count: count > countedTo ? `${countedTo}+` : count,
    },
    format,
    sheet: t('archiveList:exporting.sheet'),
    header: (['number', 'mark', ...query.cols] as const).map((column) => t(`archiveList:column.${column}`)),
    rows: linesOf(actor, where, query, t, now),
    at: now,
  })
}

async function* linesOf(actor: Actor, where: Prisma.Sql, query: ItemQuery, t: Translate, now: Date) {
  for await (const row of everyItem(actor, where, orderOf(sortOf(query))))
    yield [row.number, t(`archive:mark.${row.secrecy}`), ...query.cols.map((column) => textOf(row, column, t, now))]
}
