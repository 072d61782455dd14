import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import { leave } from '../exports/leaving.ts'
import { nextExportNumber } from '../exports/numbers.ts'
import { translate, type Translate } from '../i18n.ts'
import { yearOf } from '../lib/dates.ts'
import type { Download } from '../web/route.ts'
import type { RegisterExport, RegisterQuery } from './forms.ts'
import { cellOf, columns, trailOf } from './register-cells.ts'
import { everyLoan } from './register.ts'

/** CUS-15: the register as a file; numbered, in the trail before its first byte and after its last. */
export async function exportRegister(actor: Actor, { format, ...query }: RegisterExport, now: Date): Promise<Download> {
  const t = translate[actor.language]
  const number = await nextExportNumber(yearOf(now))
  const subject = `export:${number}`
  await reading(actor, 'loan.register_exported', subject, { after: { number, format, query: trailOf(query) } })
  return leave(actor, {
    number,
    format,
    sheet: t('loans:register.sheet'),
    header: columns.map((column) => t(`loans:field.${column}`)),
    rows: linesOf(actor, query, t, now),
    at: now,
    finished: (rows, sha256) => reading(actor, 'loan.register_finished', subject, { after: { number, rows, sha256 } }),
    cutOff: (rows) => reading(actor, 'loan.register_cut_off', subject, { after: { number, rows } }),
  })
}

async function* linesOf(actor: Actor, query: RegisterQuery, t: Translate, now: Date): AsyncGenerator<string[]> {
  for await (const loan of everyLoan(actor, query, now)) yield columns.map((column) => cellOf(t, loan, column, now))
}
