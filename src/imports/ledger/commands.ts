import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import { change } from '../../audit/change.ts'
import { ledgerProblems, type LedgerMapping } from '../../credit/importing/columns.ts'
import { Forbidden, refuseIf, type Refusal } from '../../lib/refused.ts'
import { askToRun } from '../asking.ts'
import { columnName } from '../mapping/forms.ts'
import { mayBring } from '../policy.ts'
import { lockImport } from '../queries.ts'
import { importStates } from '../states.ts'
import type { LedgerChoices } from './forms.ts'
import { ledgerKey, type LedgerImport } from './queries.ts'

/** CRD-18: starts an import with what somebody chose for its columns, and keeps it for the next file with these titles. */
export function startLedgerImport(
  actor: Actor,
  { number }: LedgerImport,
  choices: LedgerChoices,
  now: Date,
): Promise<void> {
  return change(actor, async (tx, audit) => {
    const record = (await lockImport(tx, number)) as LedgerImport
    if (!may(actor, 'imports.run', record) || !mayBring(actor, record.subject)) throw new Forbidden('imports.run')
    const state = importStates.next(record.state, 'start')
    const columns = record.header.map((_, at) => choices.columns?.[at] ?? null)
    refuseIf(columnProblems(columns))
    const mapping = { ...(record.mapping as object), columns }
    await tx.customerImport.update({ where: { id: record.id }, data: { state, mapping } })
    const header = ledgerKey(record.subject, record.header)
    const remembered = { fields: { columns, number }, usedAt: now }
    await tx.importMapping.upsert({ where: { header }, create: { header, ...remembered }, update: remembered })
    const taken = Object.fromEntries(columns.flatMap((field, at) => (field ? [[record.header[at]!, field]] : [])))
    await audit('import.started', `import:${record.id}`, {
      before: { state: record.state },
      after: { state, subject: record.subject, columns: JSON.stringify(taken) },
    })
    await askToRun(tx, number)
  })
}

/** Each by the column it is about, so that the message stands beside it. */
function columnProblems(columns: LedgerMapping): Refusal[] {
  return ledgerProblems(columns).map(({ field, ...problem }) => {
    const at = field ? columns.findLastIndex((other) => other === field) : 0
    return { ...problem, field: columnName(at) }
  })
}
