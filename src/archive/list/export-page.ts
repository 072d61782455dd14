import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { fieldsOf, indexAddress } from './address.ts'
import { conditionWords } from './chips.ts'
import type { Names } from './conditions.ts'
import { formats } from '../../web/lists.ts'
import type { ExportQuery } from './export-forms.ts'
import { itemColumns } from './listed-columns.ts'
import { countedTo } from './queries.ts'

/** /archive/export: what leaves, in which columns, as which file. */
export function exportPage(actor: Actor, { query, format }: ExportQuery, count: number, names: Names) {
  const t = translate[actor.language]
  const { cols: _columns, ...kept } = fieldsOf(query)
  const words = conditionWords(query, names, t)
  return {
    kept,
    format,
    back: indexAddress(query),
    words: words.length > 0 ? words : [t('archiveList:exporting.everything')],
    count: count > countedTo ? t('archiveList:many', { n: '1,000' }) : t('archiveList:count', { n: count }),
    formats: formats.map((value) => ({ value, word: t(`exports:format.${value}`) })),
    columns: itemColumns.map((name) => ({
      name: `col-${name}`,
      word: t(`archiveList:column.${name}`),
      value: query.cols.includes(name),
    })),
  }
}
