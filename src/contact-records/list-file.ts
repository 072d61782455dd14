import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { leave } from '../exports/leaving.ts'
import { nextExportNumber } from '../exports/queries.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText, yearOf } from '../lib/dates.ts'
import type { Download } from '../web/route.ts'
import { fieldsOf, type RecordListQuery } from './list-forms.ts'
import { everyRecord, type RecordRow } from './list.ts'

/** CUS-15: the records of a list as a spreadsheet; in the trail before its first byte and after its last. */
export async function exportRecords(actor: Actor, query: RecordListQuery, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const number = await nextExportNumber(yearOf(now))
  const subject = `export:${number}`
  const about = { number, query: new URLSearchParams(fieldsOf(query)).toString() }
  await reading(actor, 'contact_records.exported', subject, { after: about })
  return leave(actor, {
    number,
    format: 'xlsx',
    sheet: t('contactRecords:sheet'),
    header: headOf(t),
    rows: linesOf(actor, query, t),
    at: now,
    finished: (rows, sha256) =>
      reading(actor, 'contact_records.export_finished', subject, { after: { ...about, rows, sha256 } }),
    cutOff: (rows) => reading(actor, 'contact_records.export_cut_off', subject, { after: { ...about, rows } }),
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
