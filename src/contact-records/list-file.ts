import type { Actor } from '../access/actor.ts'
import { letOut } from '../exports/leaving.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { Download } from '../web/route.ts'
import { fieldsOf, type RecordListQuery } from './list-forms.ts'
import { everyRecord, type RecordRow } from './list.ts'

/** CUS-15: the records of a list as a spreadsheet; in the trail before its first byte and after its last. */
export async function exportRecords(actor: Actor, query: RecordListQuery, now: Date): Promise<Download> {
  const t = translate[actor.language]
  return letOut(actor, {
    as: 'contact_records.export',
    about: { query: new URLSearchParams(fieldsOf(query)).toString() },
    sheet: t('contactRecords:sheet'),
    header: headOf(t),
    rows: linesOf(actor, query, t),
    at: now,
  })
}

const headOf = (t: Translate): string[] => [
  ...(['record', 'at', 'customer'] as const).map((name) => t(`contactRecords:field.${name}`)),
  t('contactRecords:column.customerNumber'),
  ...(['way', 'direction', 'person', 'content', 'result', 'nextStep', 'nextOn', 'formal', 'owner'] as const).map(
    (name) => t(`contactRecords:field.${name}`),
  ),
  t('contactRecords:column.recorded'),
  t('contactRecords:column.late'),
]

async function* linesOf(actor: Actor, query: RecordListQuery, t: Translate): AsyncGenerator<string[]> {
  for await (const row of everyRecord(actor, query)) yield lineOf(row, t)
}

const lineOf = (row: RecordRow, t: Translate): string[] => [
  row.number,
  dateTimeText(row.at),
  row.customer,
  row.customerNumber ?? '',
  t(`visits:recordWay.${row.way}`),
  t(`contactRecords:direction.${row.incoming ? 'in' : 'out'}`),
  row.person ?? '',
  row.content,
  row.result,
  row.nextStep ?? '',
  row.nextOn ?? '',
  row.formal ? t('contactRecords:yes') : '',
  row.owner,
  dateTimeText(row.recordedAt),
  row.late ? t('contactRecords:late') : '',
]
