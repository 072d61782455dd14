import type { Actor } from '../access/actor.ts'
import { fieldsOf, searchOf } from '../customers/list/address.ts'
import { conditionWords } from '../customers/list/chips.ts'
import { namesIn } from '../customers/list/conditions.ts'
import { listColumns } from '../customers/list/listed-columns.ts'
import { countedTo } from '../customers/list/queries.ts'
import { translate } from '../i18n.ts'
import { formats } from '../web/lists.ts'
import type { ExportQuery } from './forms.ts'

/** /customers/export: what leaves, in which columns, as which file. */
export async function exportPage(actor: Actor, { query, format }: ExportQuery, count: number) {
  const t = translate[actor.language]
  const { cols: _columns, ...kept } = fieldsOf(query)
  const words = conditionWords(query, await namesIn([query]), t)
  return {
    kept,
    format,
    back: `/customers?${searchOf(query)}`,
    words: words.length > 0 ? words : [t('exports:everything')],
    count: count > countedTo ? t('customers:list.many', { n: '1,000' }) : t('customers:list.count', { n: count }),
    formats: formats.map((value) => ({ value, word: t(`exports:format.${value}`) })),
    columns: listColumns.map((name) => ({
      name: `col-${name}`,
      word: t(`lists:column.${name}`),
      value: query.cols.includes(name),
    })),
  }
}
