import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { leave } from '../exports/leaving.ts'
import { nextExportNumber } from '../exports/numbers.ts'
import { translate, type Translate } from '../i18n.ts'
import { yearOf } from '../lib/dates.ts'
import type { Download } from '../web/route.ts'
import type { RegisterQuery } from './forms.ts'
import { rowOf, searchOf } from './register-page.ts'
import { everyLine } from './register.ts'

const columns = ['at', 'staff', 'item', 'title', 'level', 'customer', 'way', 'through', 'visitor'] as const

/** The register as a file: that it leaves is in the trail before its first byte, what left after its last one. */
export async function exportRegister(actor: Actor, query: RegisterQuery, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const number = await nextExportNumber(yearOf(now))
  const subject = `export:${number}`
  await reading(actor, 'viewing.register_exported', subject, { after: { number, query: searchOf(query, {}) } })
  return leave(actor, {
    number,
    format: 'csv',
    sheet: t('viewings:register.title'),
    header: columns.map((name) => t(`viewings:field.${name}`)),
    rows: rowsOf(actor, query, t, now),
    at: now,
    finished: (rows, sha256) =>
      reading(actor, 'viewing.register_finished', subject, { after: { number, rows, sha256 } }),
    cutOff: (rows) => reading(actor, 'viewing.register_cut_off', subject, { after: { number, rows } }),
  })
}

async function* rowsOf(actor: Actor, query: RegisterQuery, t: Translate, now: Date) {
  for await (const line of everyLine(actor, query, now)) {
    const { at, staff, item, title, mark, customer, way, through, visitor } = rowOf(t, line)
    yield [at, staff, item, title, mark, customer, way, through, visitor]
  }
}
