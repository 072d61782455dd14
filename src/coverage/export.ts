import type { Actor } from '../access/actor.ts'
import { letOut } from '../exports/leaving.ts'
import { translate, type Translate } from '../i18n.ts'
import type { Download } from '../web/route.ts'
import { fieldsOf } from './address.ts'
import type { CoverageQuery } from './forms.ts'
import { everyDue, type CoverageRow } from './queries.ts'

const columns = ['number', 'customer', 'grade', 'owner', 'contactedOn', 'managerContactedOn', 'dueOn', 'over'] as const

/** CUS-15: who is due as a spreadsheet; in the trail before its first byte and after its last. */
export async function exportCoverage(actor: Actor, query: CoverageQuery, now: Date): Promise<Download> {
  const t = translate[actor.language]
  return letOut(actor, {
    as: 'coverage.export',
    about: { query: new URLSearchParams(fieldsOf(query)).toString() },
    sheet: t('coverage:sheet'),
    header: columns.map((column) => t(`coverage:column.${column}`)),
    rows: linesOf(actor, query, now, t),
    at: now,
  })
}

async function* linesOf(actor: Actor, query: CoverageQuery, now: Date, t: Translate): AsyncGenerator<string[]> {
  for await (const row of everyDue(actor, query, now, 'visits.export')) yield lineOf(row, t)
}

const lineOf = (row: CoverageRow, t: Translate): string[] => [
  row.number,
  row.name,
  row.grade ?? '',
  row.owner ?? '',
  row.contactedOn ?? t('coverage:never'),
  row.managerContactedOn ?? t('coverage:never'),
  row.dueOn,
  String(row.over),
]
