import type { Actor } from '../../access/actor.ts'
import { letOut } from '../../exports/leaving.ts'
import { translate, type Translate } from '../../i18n.ts'
import type { Download } from '../../web/route.ts'
import type { RegisterQuery } from './forms.ts'
import { stateOf } from './pages.ts'
import { everyRow } from './register.ts'
import { shown } from './register-pages.ts'

const columns = [
  'complaint',
  'title',
  'at',
  'department',
  'staff',
  'loss',
  'penalty',
  'head',
  'headPenalty',
  'delay',
  'reason',
  'state',
] as const

/** CUS-15: the register as a spreadsheet; in the trail before its first byte and after its last. */
export async function exportLiabilities(actor: Actor, query: RegisterQuery, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const { after: _after, ...conditions } = query
  return letOut(actor, {
    as: 'liability.export',
    asked: { query: conditions },
    sheet: t('measures:liability.title'),
    header: columns.map((column) => t(`measures:column.${column}`)),
    rows: linesOf(actor, query, t),
    at: now,
  })
}

async function* linesOf(actor: Actor, query: RegisterQuery, t: Translate): AsyncGenerator<string[]> {
  for await (const row of everyRow(actor, query)) {
    const cells = shown(row)
    const delay = row.delay ? t('measures:liability.delay') : ''
    const one = { ...cells, delay, state: stateOf(t, row).word }
    yield columns.map((column) => one[column])
  }
}
