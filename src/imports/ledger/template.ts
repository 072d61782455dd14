import type { Actor } from '../../access/actor.ts'
import { fieldsOf, type LedgerSubject } from '../../credit/importing/columns.ts'
import { translate } from '../../i18n.ts'
import { xlsxStream, xlsxType } from '../../sheets/writing.ts'
import type { Download } from '../../web/route.ts'

/** The columns that such a file may have, with a row that shows how they are written. */
export function templateFile(actor: Actor, subject: LedgerSubject): Promise<Download> {
  const t = translate[actor.language]
  const fields = fieldsOf[subject]
  const header = fields.map((field) => t(`ledgerImports:column.${field}`))
  const example = fields.map((field) => t(`ledgerImports:sample.${field}`))
  const body = xlsxStream(header, [example], t('ledgerImports:example'))
  return Promise.resolve({ type: xlsxType, fileName: `${t(`ledgerImports:title.${subject}`)}.xlsx`, body })
}
