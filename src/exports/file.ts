import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { searchOf, type ListQuery } from '../customers/list/address.ts'
import { textOf } from '../customers/list/cells.ts'
import { countedTo, everyCustomer } from '../customers/list/queries.ts'
import { translate, type Translate } from '../i18n.ts'
import type { Download } from '../web/route.ts'
import type { ExportQuery } from './forms.ts'
import { letOut } from './leaving.ts'
import { countExportable, exportable } from './queries.ts'

/**
 * CUS-15: the customers of a list as a file, masked as on the screen. That it leaves is in the trail before its first
 * byte, what left after its last one; the file itself says which export it is, whose, and of when.
 */
export async function exportCustomers(actor: Actor, { query, format }: ExportQuery, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const where = await exportable(actor, query)
  const count = await countExportable(where)
  return letOut(actor, {
    as: 'customer.export',
    asked: {
      format,
      query: searchOf(query),
      columns: ['name', ...query.cols],
      count: count > countedTo ? `${countedTo}+` : count,
    },
    format,
    sheet: t('exports:sheet'),
    header: [t('lists:column.name'), ...query.cols.map((column) => t(`lists:column.${column}`))],
    rows: linesOf(where, query, t),
    at: now,
  })
}

async function* linesOf(where: Prisma.Sql, query: ListQuery, t: Translate) {
  // What is changed meanwhile moves to the front of that order, and would be missed.
  const order: ListQuery = query.sort === 'changed' ? { ...query, sort: 'newest' } : query
  for await (const row of everyCustomer(where, order))
    yield [row.name, ...query.cols.map((column) => textOf(row, column, t))]
}
